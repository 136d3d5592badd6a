import { describe, expect, it } from 'vitest';
import { createSumSuite } from './__fixtures__/sum-suite.js';
import type { CaseInstance } from './case-runtime.js';
import { runConformance } from './run-conformance.js';
import { runSuite } from './run-suite.js';
import type { CaseContext, ConformanceCase, ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

const suite = await createSumSuite();
const target: Target = { engine: 'v8', provider: 'embedded' };

function withCases(...cases: ConformanceCase[]): ConformanceSuite {
  return { ...suite, cases };
}

function caseOf(name: string, run: (context: CaseContext) => void | Promise<void>): ConformanceCase {
  return { name, source: 'this file', upstreamDiffers: 'not here', run };
}

describe('runSuite', () => {
  it('runs every case in order and tells each result', async () => {
    const told: string[] = [];
    const report = await runSuite(suite, target, { onResult: ({ name }) => told.push(name) });
    expect(report).toMatchObject({ ok: true, target, cases: [{ status: 'passed' }, { status: 'passed' }] });
    expect(told).toEqual(['2 and 3 are 5', 'the last sum is kept']);
  });

  it('fails a case on the embedded provider even where upstream differs', async () => {
    const failing = caseOf('fails', () => {
      throw new Error('wrong');
    });
    const report = await runSuite(withCases(failing), target);
    expect(report).toMatchObject({ ok: false, cases: [{ status: 'failed', error: { message: 'wrong' } }] });
  });

  it('fails a case that throws what is not an error', async () => {
    const failing = caseOf('throws', () => Promise.reject('text'));
    const [result] = (await runSuite(withCases(failing), target)).cases;
    expect(result).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('text') } });
  });

  it('disposes the runtimes of a case, also after a failure', async () => {
    let instance: CaseInstance | undefined;
    const failing = caseOf('fails', async ({ createRuntime, guest }) => {
      instance = await (await createRuntime()).instantiate(guest('sum'));
      throw new Error('wrong');
    });
    await runSuite(withCases(failing), target);
    await expect(instance?.exports.add?.(1, 2)).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  });

  it('fails when there is no case, or all were ignored', async () => {
    const ignored = caseOf('needs a model', ({ ignore }) => ignore('no model here'));
    await expect(runSuite(withCases(), target)).rejects.toThrow('has no case');
    await expect(runSuite(withCases(ignored), target)).rejects.toThrow('needs a model: no model here');
  });

  it('refuses options that it does not know, also those of a case', async () => {
    const misspelt = { timeout: 5 } as object;
    await expect(runSuite(suite, target, misspelt)).rejects.toThrow('runSuite() has no option timeout');
    await expect(runConformance(suite, { provider: ['v8'] } as object)).rejects.toThrow(
      'has no option provider',
    );
    const wrong = caseOf('gives wasm', async ({ createRuntime }) => {
      await createRuntime({ wasm: {} } as object);
    });
    const [result] = (await runSuite(withCases(wrong), target)).cases;
    expect(result).toMatchObject({ status: 'failed', error: { code: 'ERR_INVALID_ARGUMENT' } });
  });

  it('refuses two cases of one name', async () => {
    const same = caseOf('same', () => undefined);
    await expect(runSuite(withCases(same, same), target)).rejects.toThrow('two cases named "same"');
  });
});
