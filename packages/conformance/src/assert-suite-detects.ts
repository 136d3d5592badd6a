import { checkOptionNames, type Plugin } from '@wasmedge-plugins/core';
import { ConformanceError } from './errors.js';
import { runSuite } from './run-suite.js';
import type { ConformanceSuite, ProviderSetup } from './suite.js';

/** Makes a plug-in with one known defect, or with none when `defect` is `undefined`. */
export type CreateBrokenPlugin = (defect: string | undefined, setup: ProviderSetup) => Plugin;

/** Options of {@link assertSuiteDetects}. */
export interface SuiteDetectsOptions {
  /** Whether the cases are run without a defect too; `false` where that was done before. Default: `true`. */
  readonly withoutDefect?: boolean | undefined;
}

/**
 * Tests a suite itself, on engine `v8`: without a defect, every case must pass; with each defect alone, every case that names it
 * in `detects` must fail, and there must be at least one such case.
 *
 * @param defects names of the defects; none of them to test only that every case passes without one.
 * @throws {ConformanceError} which lists everything that does not hold.
 * @throws {InvalidArgumentError} for an unknown option.
 */
export async function assertSuiteDetects(
  suite: ConformanceSuite,
  createBrokenPlugin: CreateBrokenPlugin,
  defects: readonly string[],
  options: SuiteDetectsOptions = {},
): Promise<void> {
  checkOptionNames<SuiteDetectsOptions>('assertSuiteDetects()', options, { withoutDefect: true });
  const problems = namingProblems(suite, defects);
  if (options.withoutDefect !== false) {
    for (const [name, reason] of await failingCases(suite, createBrokenPlugin, undefined)) {
      problems.push(`"${name}" fails although no defect is switched on: ${reason}`);
    }
  }
  for (const defect of defects) {
    const cases = suite.cases.filter(({ detects }) => detects?.includes(defect));
    if (cases.length === 0) continue;
    const failing = await failingCases({ ...suite, cases }, createBrokenPlugin, defect);
    for (const { name } of cases) {
      if (!failing.has(name)) {
        problems.push(`"${name}" passes although it should detect the defect ${defect}`);
      }
    }
  }
  if (problems.length > 0) {
    throw new ConformanceError(`${suite.title} does not detect what it should:\n  ${problems.join('\n  ')}`);
  }
}

function namingProblems({ cases }: ConformanceSuite, defects: readonly string[]): string[] {
  const named = new Set(cases.flatMap(({ detects }) => detects ?? []));
  return [
    ...defects.filter((defect) => !named.has(defect)).map((defect) => `no case names the defect ${defect}`),
    ...[...named]
      .filter((defect) => !defects.includes(defect))
      .map((defect) => `a case names ${defect}, which is not one of the defects`),
  ];
}

async function failingCases(
  suite: ConformanceSuite,
  createBrokenPlugin: CreateBrokenPlugin,
  defect: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const broken = { ...suite, createPlugin: (setup: ProviderSetup) => createBrokenPlugin(defect, setup) };
  const { cases } = await runSuite(broken, { engine: 'v8', provider: 'embedded' });
  return new Map(
    cases.flatMap((each) => (each.status === 'failed' ? [[each.name, each.error.message] as const] : [])),
  );
}
