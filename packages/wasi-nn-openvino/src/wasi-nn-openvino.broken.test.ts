import { assertSuiteDetects } from '@wasmedge-plugins/conformance';
import { it } from 'vitest';
import { brokenOpenVinoPlugin, defectNames } from '../conformance/broken/broken-plugin.js';
import { suite } from '../conformance/suite.js';
import { forOpenVino } from './__fixtures__/for-openvino.js';

if (forOpenVino()) {
  // One test for each defect, so that a defect nobody notices is named by the report.
  it.for(defectNames)('the suite notices the defect %s', { timeout: 120_000 }, async (defect) => {
    const cases = suite.cases.filter(({ detects }) => detects?.includes(defect));
    const only = { ...suite, cases: cases.map((entry) => ({ ...entry, detects: [defect] })) };
    await assertSuiteDetects(only, brokenOpenVinoPlugin, [defect]);
  });
}
