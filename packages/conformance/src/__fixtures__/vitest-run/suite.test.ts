import { conformanceTests } from '../../vitest.js';
import { createSumSuite } from '../sum-suite.js';

const suite = await createSumSuite();
const [first, second] = suite.cases;
const ignored = {
  ...second,
  name: 'is ignored',
  run: ({ ignore }) => ignore('no model here'),
} as typeof first;
const chosen = {
  ok: [first, second, ignored],
  ignored: [ignored],
  none: [],
  differing: [{ ...first, upstreamDiffers: 'upstream subtracts' }],
}[process.env.SUITE_CASES ?? 'ok'];

await conformanceTests(
  { ...suite, cases: chosen as typeof suite.cases },
  // Its file is not opened, since no case is run on it.
  process.env.SUITE_CASES === 'differing'
    ? {
        engines: ['wasmedge'],
        providers: ['native'],
        placements: ['inline'],
        standIn: () => '/nowhere/sum.so',
      }
    : {},
);
