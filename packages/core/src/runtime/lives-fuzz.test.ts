import { expect, it } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { createRuntime, type EngineName } from '../index.js';
import { fuzzHost, liveRandomly } from './__fixtures__/lives-fuzz.js';

const seeds = process.env.WASMEDGE_FUZZ === 'full' ? 400 : 100;
const steps = 60;

async function live(engine: EngineName, seed: number): Promise<string[]> {
  using runtime = await createRuntime({ engine, hostModules: [fuzzHost] });
  return liveRandomly(runtime, seed, steps);
}

// The other engine says what is right: what may be used when its instance or another one has ended is the same on both.
forEngine('wasmedge', () => {
  it('answers as v8 does, whatever is disposed and whatever is used then', async () => {
    const outcomes = new Map<string, number>();
    for (let seed = 0; seed < seeds; seed++) {
      const told = await live('v8', seed);
      expect({ seed, told: await live('wasmedge', seed) }).toEqual({ seed, told });
      for (const line of told) {
        const outcome = line.slice(line.lastIndexOf(': ') + 2).replace(/\d+/, 'N');
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }
    const rare = [
      'instance N',
      'function N',
      'N',
      'ERR_DISPOSED',
      'ERR_DUPLICATE_NAME',
      'ERR_MISSING_IMPORT',
    ];
    for (const outcome of rare)
      expect([outcome, (outcomes.get(outcome) ?? 0) > seeds]).toEqual([outcome, true]);
  });
});
