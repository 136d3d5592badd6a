// @ts-check
// npm test [-- vitest arguments]: sets up what the tests need, builds, and runs the tests of all packages.
// --built: the packages are built already.
import { build } from './lib/dependencies.mjs';
import { setUp } from './setup/setup.mjs';
import { runTests } from './testing/run-tests.mjs';

try {
  const args = process.argv.slice(2);
  const leftOut = await setUp();
  if (!args.includes('--built')) await build();
  process.exitCode = await runTests(
    args.filter((arg) => arg !== '--built'),
    leftOut,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
