import {
  assertSuiteDetects,
  type ConformanceSuite,
  type CreateBrokenPlugin,
} from '@wasmedge-plugins/conformance';
import { it } from 'vitest';

/** Declares a test for each defect, that some case of a suite notices it, so that one that nobody notices is named by the report. */
export function defectTests(
  suite: ConformanceSuite,
  createBroken: CreateBrokenPlugin,
  defects: readonly string[],
): void {
  const timeout = 120_000;
  it('the cases that notice defects pass without one', { timeout }, async () => {
    const cases = suite.cases.filter(({ detects }) => detects !== undefined);
    await assertSuiteDetects(
      { ...suite, cases: cases.map(({ detects: _, ...entry }) => entry) },
      createBroken,
      [],
    );
  });
  it.for(defects)('the suite notices the defect %s', { timeout }, async (defect) => {
    const cases = suite.cases.filter(({ detects }) => detects?.includes(defect));
    const only = { ...suite, cases: cases.map((entry) => ({ ...entry, detects: [defect] })) };
    await assertSuiteDetects(only, createBroken, [defect], { withoutDefect: false });
  });
}
