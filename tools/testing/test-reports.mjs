// @ts-check
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { exampleFolders, repositoryRoot } from '../lib/repository.mjs';

/** Where each package's vitest writes its report, relative to the package. */
export const reportFile = 'node_modules/.vitest-report.json';

/**
 * One package's sums.
 * @typedef {object} Report
 * @property {number} passed
 * @property {number} failed a file that could not be loaded counts as one
 * @property {string[]} skipped test names with the reason
 */

/** @typedef {Report & { missing: string[] }} Totals the sums of all packages, and those that left none */

/** The folders of the workspace that have tests. */
export function testedFolders() {
  const packages = join(repositoryRoot, 'packages');
  return [
    ...readdirSync(packages).map((name) => join(packages, name)),
    ...exampleFolders(),
    join(repositoryRoot, 'tools'),
  ].filter((folder) => {
    const manifest = join(folder, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test !== undefined;
  });
}

/** @param {string[]} folders */
export function removeReports(folders) {
  for (const folder of folders) rmSync(join(folder, reportFile), { force: true });
}

/**
 * Adds up what the packages' test runs left.
 * @param {string[]} folders
 * @returns {Totals}
 */
export function readReports(folders) {
  /** @type {Totals} */
  const totals = { passed: 0, failed: 0, skipped: [], missing: [] };
  for (const folder of folders) {
    const path = join(folder, reportFile);
    if (!existsSync(path)) {
      totals.missing.push(relative(repositoryRoot, folder));
      continue;
    }
    /** @type {Report} */
    const report = JSON.parse(readFileSync(path, 'utf8'));
    totals.passed += report.passed;
    totals.failed += report.failed;
    totals.skipped.push(...report.skipped);
  }
  return totals;
}

/** @param {Report} totals */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}
