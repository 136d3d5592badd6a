// @ts-check
// npm test [-- vitest arguments]: sets up what the tests need, builds, and runs the tests of all packages.
import { setUp } from './setup/setup.mjs';
import { runTests } from './testing/run-tests.mjs';

try {
  const leftOut = await setUp();
  process.exitCode = await runTests(process.argv.slice(2), leftOut);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
