// @ts-check
// npm test [-- vitest arguments]: sets up what the tests need, builds, and runs the tests of all packages.
// --built: the packages are built already.
import { build } from './lib/dependencies.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { describeLeftOut } from './setup/left-out.mjs';
import { backendEnvironment, libwasmedgeEnvironment, setUp } from './setup/setup.mjs';

try {
  const args = process.argv.slice(2);
  const leftOut = await setUp();
  if (!args.includes('--built')) await build();
  Object.assign(process.env, libwasmedgeEnvironment(), backendEnvironment());
  if (process.env.CI === 'true') process.env.CI_REQUIRE ??= 'wasmedge,v8';
  // What the set-up has just installed.
  const { parseCLI, startVitest } = await import('vitest/node');
  const { default: SummaryReporter } = await import('./testing/summary-reporter.mjs');
  const words = args.filter((arg) => arg !== '--built');
  const { filter, options } = parseCLI(['vitest', 'run', ...words]);
  const summary = new SummaryReporter({ more: leftOut.map((each) => `Left out: ${describeLeftOut(each)}`) });
  const vitest = await startVitest('test', filter, {
    ...options,
    root: repositoryRoot,
    reporters: ['default', summary],
  });
  await vitest.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
