// @ts-check
// npm run docs:check, release:check and install:check [-- vitest arguments]: builds the packages and runs tools/*/<name>.check.mjs.
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { run } from './lib/run.mjs';

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root=tools', '--config=checks.vitest.config.ts'];
const [name = '', ...more] = process.argv.slice(2);

try {
  await ensureDependencies();
  await build();
  process.exitCode = await run(process.execPath, [...vitest, `${name}.check`, ...more]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
