import { checkOptionNames } from '@wasmedge-plugins/core';
import { afterAll, describe, it } from 'vitest';
import { compileIntoFolder } from './compiled-code-folder.js';
import { declareIgnored } from './declare-ignored.js';
import { ConformanceError } from './errors.js';
import { targetOptionNames } from './find-targets.js';
import { checkedCases, runCase } from './run-suite.js';
import { SharedByCases } from './shared-by-cases.js';
import type { ConformanceSuite } from './suite.js';
import { type Target, targetLabel } from './target.js';
import { findTestedTargets, isLeftOut, type TestedTargetOptions } from './tested-targets.js';

export type { ElsewhereJob, ElsewhereOutcome } from './elsewhere-job.js';
export { type ElsewhereCase, elsewhereTests } from './elsewhere-tests.js';

/** Options of {@link conformanceTests}. */
export interface ConformanceTestsOptions extends TestedTargetOptions {
  /** Milliseconds that a case may take. Default: 60000. See `RunSuiteOptions.timeoutMs` for the cases that it can stop. */
  readonly timeoutMs?: number;
}

/**
 * Declares a vitest test for every case of a suite on every engine and provider that is available: inline, and, for each provider, in a worker thread and in a process
 * on one engine. Set `WASMEDGE_TEST_PLACEMENTS` to `all` to have every engine there too, and compiled code; to `inline` to have neither thread nor process. A target
 * that is not available is a skipped test with its reason, or a failing one when `CI_REQUIRE` names it. Await it at the top of a test file.
 *
 * @throws {ConformanceError} when `WASMEDGE_NATIVE_PLUGINS` names a folder that cannot be read, or when the suite has no case, or two with the same name.
 * @throws {InvalidArgumentError} for an unknown option.
 * @example await conformanceTests(suite, { standIn: buildStandIn });
 */
export async function conformanceTests(
  suite: ConformanceSuite,
  options: ConformanceTestsOptions = {},
): Promise<void> {
  checkOptionNames<ConformanceTestsOptions>('conformanceTests()', options, {
    ...targetOptionNames,
    compiled: true,
    timeoutMs: true,
  });
  const { timeoutMs = 60_000, ...targets } = options;
  const { available, ignored } = await findTestedTargets(suite, targets);
  describe(suite.title, () => {
    for (const target of available) {
      declareTarget(suite, target, timeoutMs);
    }
    for (const target of ignored) {
      declareIgnored(target);
    }
    if (available.length === 0) {
      it('runs on at least one engine and provider', () => {
        throw new ConformanceError(`${suite.title} was run on no engine and provider.`);
      });
    }
  });
}

function declareTarget(suite: ConformanceSuite, target: Target, timeoutMs: number): void {
  describe(targetLabel(target), () => {
    if (target.aot !== undefined) compileIntoFolder();
    let leftOut = 0;
    const cases = checkedCases(suite);
    const shared = new SharedByCases();
    afterAll(async () => {
      const error = await shared.end();
      if (error !== undefined) throw error;
    });
    for (const conformanceCase of cases) {
      // The child's own time-out is to come first: it knows more. What does not pass may be run twice.
      it(conformanceCase.name, { timeout: 2 * timeoutMs + 5_000 }, async ({ skip }) => {
        if (isLeftOut(target, conformanceCase)) {
          leftOut += 1;
          return skip(`upstream differs: ${conformanceCase.upstreamDiffers}; not run on a stand-in`);
        }
        const result = await runCase(suite, target, conformanceCase, shared, timeoutMs);
        switch (result.status) {
          case 'failed':
            throw result.error;
          case 'differs':
            return skip(`upstream differs: ${result.text}`);
          case 'ignored':
            leftOut += 1;
            return skip(result.reason);
        }
      });
    }
    it('runs at least one case', () => {
      if (leftOut === cases.length) {
        throw new ConformanceError(
          `${suite.title} ran no case on ${targetLabel(target)}: all were ignored or left out.`,
        );
      }
    });
  });
}
