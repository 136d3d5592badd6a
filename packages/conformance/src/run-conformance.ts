import { checkOptionNames } from '@wasmedge-plugins/core';
import { ConformanceError } from './errors.js';
import { findTargets, type TargetOptions, targetOptionNames } from './find-targets.js';
import { type RunSuiteOptions, runSuite, runSuiteOptionNames, type SuiteReport } from './run-suite.js';
import type { ConformanceSuite } from './suite.js';
import type { IgnoredTarget } from './target.js';

/** The results of a suite on every available target. */
export interface ConformanceReport {
  /** The plug-in's WasmEdge name. */
  readonly plugin: string;
  /** The suite's title. */
  readonly title: string;
  /** True when no case failed and no target that `CI_REQUIRE` names is missing. */
  readonly ok: boolean;
  /** The results on each available target, in the order in which they were run. */
  readonly reports: readonly SuiteReport[];
  /** Targets that were not available, each with its reason. */
  readonly ignored: readonly IgnoredTarget[];
}

/**
 * Runs a suite on every engine and provider that is available here, or on those that `options` name. Default: all.
 *
 * @throws {ConformanceError} when nothing was run.
 * @throws {InvalidArgumentError} for an unknown option.
 */
export async function runConformance(
  suite: ConformanceSuite,
  options: TargetOptions & RunSuiteOptions = {},
): Promise<ConformanceReport> {
  checkOptionNames<TargetOptions & RunSuiteOptions>('runConformance()', options, {
    ...targetOptionNames,
    ...runSuiteOptionNames,
  });
  const { timeoutMs, onResult, ...targets } = options;
  const { available, ignored } = await findTargets(suite, targets);
  const { plugin, title } = suite;
  if (available.length === 0) {
    const reasons = ignored.map(({ reason }) => `\n  ${reason}`).join('');
    throw new ConformanceError(
      `${title} did not run on any engine and provider${reasons === '' ? '; `native` needs engine `wasmedge`' : `:${reasons}`}.`,
    );
  }
  const reports: SuiteReport[] = [];
  for (const target of available) {
    reports.push(await runSuite(suite, target, { timeoutMs, onResult }));
  }
  const ok = reports.every((report) => report.ok) && !ignored.some(({ required }) => required);
  return { plugin, title, ok, reports, ignored };
}
