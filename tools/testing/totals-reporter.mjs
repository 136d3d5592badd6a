// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportFile } from './test-reports.mjs';

/**
 * A vitest reporter beside the default one: leaves a package's sums for {@link readReports}. Vitest's own JSON
 * report does not tell why a test was skipped.
 */
export default class TotalsReporter {
  #root = process.cwd();

  /** @param {import('vitest/node').Vitest} vitest */
  onInit(vitest) {
    this.#root = vitest.config.root;
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    writeFileSync(join(this.#root, reportFile), JSON.stringify(addUp(modules, unhandledErrors)));
  }
}

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} unhandledErrors
 * @returns {import('./test-reports.mjs').Report}
 */
function addUp(modules, unhandledErrors) {
  const report = { passed: 0, failed: unhandledErrors.length, skipped: /** @type {string[]} */ ([]) };
  for (const module of modules) {
    const failedBefore = report.failed;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') report.passed += 1;
      else if (result.state === 'failed') report.failed += 1;
      else {
        const note = result.state === 'skipped' ? result.note : undefined;
        report.skipped.push(note === undefined ? test.fullName : `${test.fullName} (${note})`);
      }
    }
    // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
    if (module.state() === 'failed' && report.failed === failedBefore) report.failed += 1;
  }
  return report;
}
