// @ts-check
import { join } from 'node:path';
import { turbo } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { describeLeftOut } from '../setup/left-out.mjs';
import { backendEnvironment, libwasmedgeEnvironment } from '../setup/setup.mjs';
import { closingLine, readReports, removeReports, testedFolders } from './test-reports.mjs';

/**
 * Runs the tests of every package one package at a time, and closes with what was left out and the sum.
 * @param {string[]} args passed to vitest
 * @param {import('../setup/left-out.mjs').LeftOut[]} leftOut
 * @returns {Promise<number>} the exit code
 */
export async function runTests(args, leftOut) {
  const folders = testedFolders();
  removeReports(folders);
  const reporters = [
    '--reporter=default',
    `--reporter=${join(repositoryRoot, 'tools/testing/totals-reporter.mjs')}`,
  ];
  // With a filter of the caller's, a package may well have nothing to run.
  const filters = args.length > 0 ? ['--passWithNoTests', ...args] : [];
  const order = ['run', 'test', '--only', '--concurrency=1', '--continue', '--log-prefix=none'];
  const code = await turbo([...order, '--', ...reporters, ...filters], {
    ...libwasmedgeEnvironment(),
    ...backendEnvironment(),
    ...(process.env.CI === 'true' && process.env.CI_REQUIRE === undefined
      ? { CI_REQUIRE: 'wasmedge,v8' }
      : {}),
  });
  const totals = readReports(folders);
  console.log();
  for (const [name, count] of countNames(totals.skipped)) {
    console.log(`Skipped: ${name}${count > 1 ? ` (${count} times)` : ''}`);
  }
  for (const each of leftOut) console.log(`Left out: ${describeLeftOut(each)}`);
  for (const folder of totals.missing)
    console.log(`No test report from ${folder}: its tests did not run to their end.`);
  const ran = totals.passed + totals.failed > 0;
  if (!ran) console.log('No test ran.');
  console.log(closingLine(totals));
  if (code !== 0) return code;
  return ran && totals.failed === 0 && totals.missing.length === 0 ? 0 : 1;
}

/** @param {string[]} names */
function countNames(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
