import { assertSuiteDetects } from '@wasmedge-plugins/conformance';
import { expect, it } from 'vitest';
import { brokenWasiCryptoPlugin, defectNames } from '../conformance/broken/broken-plugin.js';
import { suite } from '../conformance/suite.js';

// One test for each defect, so that a defect nobody notices is named by the report.
it.for(defectNames)('the suite notices the defect %s', { timeout: 120_000 }, async (defect) => {
  const cases = suite.cases.filter(({ detects }) => detects?.includes(defect));
  const only = { ...suite, cases: cases.map((entry) => ({ ...entry, detects: [defect] })) };
  await assertSuiteDetects(only, brokenWasiCryptoPlugin, [defect]);
});

it('the cases name no defect that does not exist', () => {
  const named = new Set(suite.cases.flatMap(({ detects }) => detects ?? []));
  expect([...named].sort()).toEqual([...defectNames].sort());
});
