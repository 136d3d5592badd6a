// @ts-check
// npm test [-- vitest arguments]: sets up what the tests need, builds, and runs the tests of all packages.
// --built: the packages are built already.
// --all-placements: suites run on every engine and provider in every placement, and on compiled code.
import { build } from './lib/dependencies.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { main } from './lib/run.mjs';
import { backendEnvironment, libwasmedgeEnvironment, setUp } from './setup/setup.mjs';

await main(async () => {
  const words = process.argv.slice(2).filter((word) => !['--built', '--all-placements'].includes(word));
  if (process.argv.includes('--all-placements')) process.env.WASMEDGE_TEST_PLACEMENTS = 'all';
  const leftOut = await setUp();
  if (!process.argv.includes('--built')) await build();
  Object.assign(process.env, libwasmedgeEnvironment(), backendEnvironment());
  if (process.env.CI === 'true') process.env.CI_REQUIRE ??= 'wasmedge,v8';
  // What the set-up has just installed.
  const { parseCLI, startVitest } = await import('vitest/node');
  const { default: SummaryReporter } = await import('./testing/summary-reporter.mjs');
  const { filter, options } = parseCLI(['vitest', 'run', ...words]);
  const reporters = ['default', new SummaryReporter({ leftOut })];
  // Machines of CI are busy: a test that passes when it runs again is named, and ends nothing.
  const retry = process.env.CI === 'true' ? 1 : 0;
  const vitest = await startVitest('test', filter, { retry, ...options, root: repositoryRoot, reporters });
  await vitest.close();
});
