// @ts-check
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';

/** Where each package's vitest writes its report, relative to the package. */
export const reportFile = 'node_modules/.vitest-report.json';

/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} skippedNames test names, which say why they are skipped
 * @property {string[]} missing packages with tests that wrote no report
 */

/** The folders of the workspace that have tests. */
export function testedFolders() {
  const packages = join(repositoryRoot, 'packages');
  return [...readdirSync(packages).map((name) => join(packages, name)), join(repositoryRoot, 'tools')].filter(
    (folder) => {
      const manifest = join(folder, 'package.json');
      return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test !== undefined;
    },
  );
}

/** @param {string[]} folders */
export function removeReports(folders) {
  for (const folder of folders) rmSync(join(folder, reportFile), { force: true });
}

/**
 * Adds up vitest's JSON reports.
 * @param {string[]} folders
 * @returns {Totals}
 */
export function readReports(folders) {
  /** @type {Totals} */
  const totals = { passed: 0, failed: 0, skipped: 0, skippedNames: [], missing: [] };
  for (const folder of folders) {
    const path = join(folder, reportFile);
    if (existsSync(path)) addReport(totals, JSON.parse(readFileSync(path, 'utf8')));
    else totals.missing.push(relative(repositoryRoot, folder));
  }
  return totals;
}

/**
 * @typedef {{ status: string, fullName: string }} Assertion
 * @typedef {{ testResults: { status: string, assertionResults: Assertion[] }[] }} Report
 * @param {Totals} totals
 * @param {Report} report
 */
export function addReport(totals, report) {
  for (const { status, assertionResults } of report.testResults) {
    for (const test of assertionResults) {
      if (test.status === 'passed') totals.passed += 1;
      else if (test.status === 'failed') totals.failed += 1;
      else {
        totals.skipped += 1;
        totals.skippedNames.push(test.fullName);
      }
    }
    // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) totals.failed += 1;
  }
}

/** @param {Totals} totals */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
