import { setImmediate } from 'node:timers/promises';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { expect, it } from 'vitest';
import { describeWithLibrary } from '../__fixtures__/describe-with-library.js';
import { defaultsOf } from '../options/defaults.js';
import type { LlamaMemory } from './llama-memory.js';
import type { LlamaState } from './llama-state.js';

await describeWithLibrary(async () => {
  const { Generation } = await import('./generation.js');

  /** The tokens 1, 2, 3, … of a library that fails at a token, and what it has computed so far. */
  async function start({ size = 100, positions = 100, failing = 0 } = {}) {
    const computed: number[] = [];
    async function* evaluate() {
      for (let token = 1; ; token++) {
        await setImmediate();
        if (token === failing) throw new Error('cannot decode');
        computed.push(token);
        yield token as Token;
      }
    }
    const sequence = async () => ({ evaluate });
    const memory = { size, positions, takeFailure() {}, sequence } as unknown as LlamaMemory;
    const model = { isEogToken: (token: Token) => token === 50 } as unknown as LlamaModel;
    const prompt = [7] as Token[];
    const config = defaultsOf('0.17');
    return {
      computed,
      generation: await Generation.start({} as LlamaState, model, memory, prompt, config),
    };
  }
  /** Until more than a token could have been computed. */
  const settled = async () => {
    for (const _ of [1, 2, 3]) await setImmediate();
  };

  it('computes nothing that was not asked for', async () => {
    const { generation, computed } = await start();
    expect(await generation.next()).toEqual({ token: 1, after: 'more' });
    await settled();
    expect(computed).toEqual([1]);
  });

  it('reads one token ahead, and no more', async () => {
    const { generation, computed } = await start();
    await generation.next();
    for (const _ of [1, 2, 3]) generation.readAhead();
    await settled();
    expect(computed).toEqual([1, 2]);
    expect(await generation.next()).toEqual({ token: 2, after: 'more' });
    await settled();
    expect(computed).toEqual([1, 2]);
    expect(await generation.next()).toEqual({ token: 3, after: 'more' });
  });

  it.each([{ size: 3 }, { positions: 3 }])(
    'tells of no room with the token that was asked for: %j',
    async (given) => {
      const { generation } = await start(given);
      for (const after of ['more', 'more', 'full']) {
        expect((await generation.next()).after).toBe(after);
        if (after === 'more') generation.readAhead();
      }
    },
  );

  it('tells that the library failed when the token is asked for', async () => {
    const { generation } = await start({ failing: 2 });
    await generation.next();
    generation.readAhead();
    await settled();
    await expect(generation.next()).rejects.toThrow('cannot decode');
  });

  it('ends after the token that it has begun with, and whether that fails or not', async () => {
    for (const failing of [0, 3]) {
      const { generation, computed } = await start({ failing });
      await generation.next();
      generation.readAhead();
      await generation.next();
      generation.readAhead();
      await generation.end();
      expect(computed).toEqual(failing === 0 ? [1, 2, 3] : [1, 2]);
      expect(await generation.next()).toEqual({ token: undefined, after: 'end' });
    }
  });
});
