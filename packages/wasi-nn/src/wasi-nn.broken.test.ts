import { it } from 'vitest';
import { defectNames, withDefect } from '../conformance/broken/broken-plugin.js';
import { defectTests } from '../conformance/defect-tests.js';
import { suite as sumSuite } from './__fixtures__/sum-suite.js';

defectTests(sumSuite, (name, setup) => withDefect(sumSuite.createPlugin(setup), name), defectNames);

it('a case names no defect that is not tried', async ({ expect }) => {
  const named = new Set(sumSuite.cases.flatMap(({ detects }) => detects ?? []));
  expect([...named].sort()).toEqual([...defectNames].sort());
});
