import { assertSuiteDetects } from '@wasmedge-plugins/conformance';
import { it } from 'vitest';
import { defectNames, withDefect } from '../conformance/broken/broken-plugin.js';
import { suite as sumSuite } from './__fixtures__/sum-suite.js';

// One test for each defect, so that a defect nobody notices is named by the report.
it.for(defectNames)('the suite notices the defect %s', { timeout: 120_000 }, async (defect) => {
  const cases = sumSuite.cases.filter(({ detects }) => detects?.includes(defect));
  const only = { ...sumSuite, cases: cases.map((entry) => ({ ...entry, detects: [defect] })) };
  await assertSuiteDetects(only, (name, setup) => withDefect(sumSuite.createPlugin(setup), name), [defect]);
});

it('a case names no defect that is not tried', async ({ expect }) => {
  const named = new Set(sumSuite.cases.flatMap(({ detects }) => detects ?? []));
  expect([...named].sort()).toEqual([...defectNames].sort());
});
