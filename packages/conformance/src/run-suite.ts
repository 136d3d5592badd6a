import { checkOptionNames } from '@wasmedge-plugins/core';
import type { CaseOutcome, CaseResult } from './case-result.js';
import { ConformanceError } from './errors.js';
import { runCaseHere } from './run-case.js';
import { SharedByCases } from './shared-by-cases.js';
import type { ConformanceCase, ConformanceSuite } from './suite.js';
import { type Target, targetLabel } from './target.js';

/** Options of {@link runSuite}. */
export interface RunSuiteOptions {
  /**
   * Milliseconds that a case on a native target may take; its process is then ended. Default: 60000. Cases on other targets run in
   * this thread, where a guest that never returns cannot be stopped.
   */
  readonly timeoutMs?: number | undefined;
  /** Called with each result as it arrives. Default: none. */
  readonly onResult?: ((result: CaseResult) => void) | undefined;
}

/** Every name in {@link RunSuiteOptions}. */
export const runSuiteOptionNames = {
  timeoutMs: true,
  onResult: true,
} as const satisfies Record<keyof RunSuiteOptions, true>;

/** The results of a suite on one target. */
export interface SuiteReport {
  /** The target that the suite was run on. */
  readonly target: Target;
  /** True when no case failed. */
  readonly ok: boolean;
  /** The result of each case, in the order of the suite. */
  readonly cases: readonly CaseResult[];
}

/**
 * Runs every case of a suite on one target, in order. On the native provider they run in a child process, which they share as long as they pass;
 * a case that does not pass there is run again in a separate process.
 *
 * @throws {ConformanceError} when no case was run: there are none, or all were ignored.
 * @throws {InvalidArgumentError} for an unknown option.
 */
export async function runSuite(
  suite: ConformanceSuite,
  target: Target,
  options: RunSuiteOptions = {},
): Promise<SuiteReport> {
  checkOptionNames<RunSuiteOptions>('runSuite()', options, runSuiteOptionNames);
  const { timeoutMs, onResult } = options;
  const cases: CaseResult[] = [];
  const shared = new SharedByCases();
  const add = (result: CaseResult) => {
    cases.push(result);
    onResult?.(result);
  };
  try {
    for (const conformanceCase of checkedCases(suite)) {
      add(await runCase(suite, target, conformanceCase, shared, timeoutMs));
    }
  } finally {
    const error = await shared.end();
    if (error !== undefined) {
      add({
        name: 'the process of the cases exits normally',
        source: 'Node.js',
        milliseconds: 0,
        status: 'failed',
        error,
      });
    }
  }
  if (cases.every(({ status }) => status === 'ignored')) {
    const reasons = cases.map(
      (result) => result.status === 'ignored' && `  ${result.name}: ${result.reason}`,
    );
    throw new ConformanceError(
      `${suite.title} ran no case on ${targetLabel(target)}:\n${reasons.join('\n')}`,
    );
  }
  return { target, ok: !cases.some(({ status }) => status === 'failed'), cases };
}

/** Runs one case where its target wants it: in this process, or in another one for a native plug-in. */
export async function runCase(
  suite: ConformanceSuite,
  target: Target,
  conformanceCase: ConformanceCase,
  shared: SharedByCases,
  timeoutMs = 60_000,
): Promise<CaseResult> {
  const start = performance.now();
  const outcome: CaseOutcome =
    target.provider === 'native'
      ? await shared.process.run(suite, target, conformanceCase, timeoutMs)
      : await runCaseHere(suite, target, conformanceCase, shared.runtime);
  const { name, source } = conformanceCase;
  return { name, source, milliseconds: Math.round(performance.now() - start), ...outcome };
}

/** @throws {ConformanceError} when the suite has no case, or two of the same name. */
export function checkedCases({ title, cases }: ConformanceSuite): readonly ConformanceCase[] {
  if (cases.length === 0) {
    throw new ConformanceError(`${title} has no cases; a suite that runs nothing proves nothing.`);
  }
  const names = cases.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ConformanceError(`${title} has two cases named "${twice}"; give each its own name.`);
  }
  return cases;
}
