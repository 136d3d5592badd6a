import { expect, it } from 'vitest';
import { placedSum } from './__fixtures__/placed-sum.mjs';
import { createSumSuite, sumPlugin } from './__fixtures__/sum-suite.js';
import { runSuite } from './run-suite.js';
import type { CaseContext, ConformanceCase, ConformanceSuite } from './suite.js';

const suite = await createSumSuite();

/** A case that sums, or only tells the last sum, which a runtime of its own does not know. */
const telling = (name: string, seen: unknown[], plugin?: object): ConformanceCase => ({
  name,
  source: 'the sum plug-in keeps its last sum for its runtime',
  async run({ createRuntime, guest }: CaseContext) {
    const { exports } = await (await createRuntime({ plugin })).instantiate(guest('sum'));
    seen.push(await exports.last?.());
    await exports.add?.(2, 3);
  },
});

async function lastSums(options: Partial<ConformanceSuite>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const cases = [
    telling('one', seen),
    telling('two', seen),
    telling('three, with another option', seen, { subtracts: true }),
    telling('four', seen),
  ];
  const target = { engine: 'v8', provider: 'embedded' } as const;
  const { ok } = await runSuite({ ...suite, ...options, cases }, target);
  expect(ok).toBe(true);
  return seen;
}

const createPlugin: ConformanceSuite['createPlugin'] = ({ options }) => placedSum(options as object);

it('inline, cases share a runtime where their suite wants it, as long as they ask for the same', async () => {
  expect(await lastSums({ createPlugin })).toEqual([0, 0, 0, 0]);
  expect(await lastSums({ createPlugin, sharesRuntimes: true })).toEqual([0, 5, 0, 0]);
});

it('a plug-in of which nothing can tell whether another is the same has its own', async () => {
  const own = { createPlugin: sumPlugin, sharesRuntimes: true };
  expect(await lastSums(own)).toEqual([0, 0, 0, 0]);
});
