import { findWasmEdge } from '@wasmedge-plugins/core';
import { describe, expect, it, vi } from 'vitest';
import wabt from 'wabt';
import { placedSum } from './__fixtures__/placed-sum.mjs';
import { createSumSuite } from './__fixtures__/sum-suite.js';
import { compileIntoFolder } from './compiled-code-folder.js';
import { runSuite } from './run-suite.js';
import type { CaseContext, ConformanceSuite } from './suite.js';
import { type Target, targetLabel } from './target.js';
import { findTestedTargets } from './tested-targets.js';

const suite: ConformanceSuite = { ...(await createSumSuite()), createPlugin: () => placedSum() };
const target: Target = { engine: 'wasmedge', provider: 'embedded', placement: 'process', aot: 'wait' };
const label = 'wasmedge, embedded, process, compiled';
const hasLibrary = await findWasmEdge().then(
  () => true,
  () => false,
);
const { parseWat } = await wabt();
const withTable = parseWat('table.wat', '(module (table (export "t") 1 funcref))').toBinary({}).buffer;

describe.runIf(hasLibrary)('a suite on compiled code', () => {
  compileIntoFolder();

  it('passes, and fails where a guest was interpreted', async () => {
    const interpreted = {
      name: 'exports a table',
      source: 'this file',
      async run({ createRuntime }: CaseContext) {
        await (await createRuntime()).instantiate(withTable);
      },
    };
    const { cases } = await runSuite({ ...suite, cases: [...suite.cases, interpreted] }, target);
    expect(cases).toMatchObject([
      { status: 'passed' },
      { status: 'passed' },
      { status: 'failed', error: { message: expect.stringMatching(/was interpreted: functions of other/) } },
    ]);
  });

  it('is a target where every placement is asked for, or compiled code itself', async () => {
    const compiled = async (env: string | undefined, options = {}) => {
      vi.stubEnv('WASMEDGE_TEST_PLACEMENTS', env);
      const { available } = await findTestedTargets(suite, {
        ...{ engines: ['wasmedge'], providers: ['embedded'] },
        ...options,
      });
      vi.unstubAllEnvs();
      return available.filter(({ aot }) => aot !== undefined).map(targetLabel);
    };
    expect(await compiled('all')).toEqual([label]);
    expect(await compiled(undefined)).toEqual([]);
    expect(await compiled(undefined, { compiled: true })).toEqual([label]);
    expect(await compiled('inline', { compiled: true })).toEqual([]);
  });
});
