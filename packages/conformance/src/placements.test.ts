import { describe, expect, it, vi } from 'vitest';
import { placedSum } from './__fixtures__/placed-sum.mjs';
import { createSumSuite } from './__fixtures__/sum-suite.js';
import { runSuite } from './run-suite.js';
import type { CaseContext, ConformanceSuite } from './suite.js';
import type { Target } from './target.js';
import { findTestedTargets, isLeftOut } from './tested-targets.js';

const suite = await createSumSuite();
const placed: ConformanceSuite = { ...suite, createPlugin: () => placedSum() };

describe.each(['worker', 'process'] as const)('a suite in placement %s', (placement) => {
  const target = { engine: 'v8', provider: 'embedded', placement } as const;

  it('passes, and says where its guests run', async () => {
    const seen = vi.fn();
    const [first] = suite.cases;
    const looking = {
      name: 'looks where it is',
      source: 'this file',
      async run({ placement: where, createRuntime, guest }: CaseContext) {
        seen(where);
        await first?.run({ createRuntime, guest } as CaseContext);
      },
    };
    const { cases } = await runSuite({ ...placed, cases: [...suite.cases, looking] }, target);
    expect(cases.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
    expect(seen).toHaveBeenCalledWith(placement);
  });

  it('notices a plug-in with a defect', async () => {
    const broken = { ...placed, createPlugin: () => placedSum({ subtracts: true }) };
    const { cases } = await runSuite(broken, target);
    expect(cases).toMatchObject([
      { status: 'failed', error: { message: 'expected 5, got -1' } },
      { status: 'passed' },
    ]);
  });

  it('ignores a case whose plug-in cannot go there, with the reason', async () => {
    const [first] = suite.cases;
    let inline = true;
    const some = {
      ...placed,
      createPlugin: () => (inline ? suite.createPlugin({ provider: 'embedded' }) : placedSum()),
    };
    const toggling = {
      name: 'its plug-in crosses',
      source: 'this file',
      run: (context: CaseContext) => {
        inline = false;
        return first?.run(context);
      },
    };
    const { cases } = await runSuite({ ...some, cases: [...suite.cases.slice(0, 1), toggling] }, target);
    expect(cases).toMatchObject([{ status: 'ignored', reason: /sum/ }, { status: 'passed' }].map(asExpected));
  });
});

describe('the targets of a test', () => {
  const labels = async (tested: ConformanceSuite, env: string | undefined, options = {}) => {
    vi.stubEnv('WASMEDGE_TEST_PLACEMENTS', env);
    const { available, ignored } = await findTestedTargets(tested, {
      engines: ['v8'],
      providers: ['embedded'],
      ...options,
    });
    vi.unstubAllEnvs();
    return [available.map(({ placement = 'inline' }) => placement), ignored.map(({ reason }) => reason)];
  };

  it('are all inline, and each provider elsewhere on one engine', async () => {
    expect(await labels(placed, undefined)).toEqual([['inline', 'worker', 'process'], []]);
    expect(await labels(placed, 'inline')).toEqual([['inline'], []]);
    expect(await labels(placed, 'all')).toEqual([['inline', 'worker', 'process'], []]);
    expect(await labels(placed, undefined, { placements: ['worker'] })).toEqual([['worker'], []]);
    await expect(labels(placed, 'some')).rejects.toThrow('set it to all or inline');
  });

  it('leave out on a stand-in the cases where upstream differs', () => {
    const differing = { name: 'differs', source: 'this file', upstreamDiffers: 'not here', run() {} };
    const same = { name: 'is the same', source: 'this file', run() {} };
    const standIn = { engine: 'wasmedge', provider: 'native', standIn: true } as const;
    const leftOut = (target: Target) => [differing, same].map((each) => isLeftOut(target, each));
    vi.stubEnv('WASMEDGE_TEST_PLACEMENTS', undefined);
    expect(leftOut(standIn)).toEqual([true, false]);
    expect(leftOut({ ...standIn, standIn: false })).toEqual([false, false]);
    vi.stubEnv('WASMEDGE_TEST_PLACEMENTS', 'all');
    expect(leftOut(standIn)).toEqual([false, false]);
    vi.unstubAllEnvs();
  });

  it('are inline alone for a plug-in that cannot go elsewhere, which is told', async () => {
    const [available, ignored] = await labels(suite, undefined);
    expect(available).toEqual(['inline']);
    expect(ignored).toEqual([expect.stringContaining('sum'), expect.stringContaining('sum')]);
  });
});

function asExpected(each: { status: string; reason?: RegExp }) {
  return each.reason === undefined ? each : { ...each, reason: expect.stringMatching(each.reason) };
}
