import { expect, it, onTestFinished } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { CallbackSlotsError, createRuntime } from '../index.js';
import { koffi } from './koffi.js';
import { registerCallback } from './register-callback.js';

forEngine('wasmedge', () => {
  it('a thread that finds no callback left says so, and the process goes on', async () => {
    const prototype = koffi.proto('void', []);
    const taken: bigint[] = [];
    const giveBack = () => {
      for (const address of taken.splice(0)) koffi.unregister(address);
    };
    onTestFinished(giveBack);
    const takeAll = () => {
      for (;;) taken.push(registerCallback(() => {}, prototype));
    };
    expect(takeAll).toThrow(CallbackSlotsError);
    const choice = { engine: 'wasmedge', placement: 'worker' } as const;
    const refused = {
      code: 'ERR_CALLBACK_SLOTS',
      message: expect.stringContaining(`${koffi.stats().callbacks} C`),
    };
    await expect(createRuntime(choice)).rejects.toMatchObject(refused);
    giveBack();
    await (await createRuntime(choice))[Symbol.asyncDispose]();
  });
});
