import { expect, it, onTestFinished } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { createRuntime, type EngineName, InvalidArgumentError, type PlacedRuntimeOptions } from '../index.js';
import { faultExports, faultGuest, faultHost, faultTask } from './__fixtures__/fault-guest.js';

/** Longer than any call of these needs that is not ended. */
const long = 60_000;

async function start(engine: EngineName, options: Omit<PlacedRuntimeOptions, 'placement'> = {}) {
  const runtime = await createRuntime({ engine, placement: 'worker', hostModules: [faultHost], ...options });
  onTestFinished(() => runtime[Symbol.asyncDispose]());
  const instance = await runtime.instantiate(faultGuest, { exports: faultExports, timeoutMs: long });
  return { runtime, instance };
}

forEachEngine((engine) => {
  it.each(['sleep', 'sleepOn'] as const)(
    'ends a call that waits, and keeps the instance: %s',
    async (name) => {
      const { instance } = await start(engine);
      await instance.writeMemory(1000, Uint8Array.of(1, 2, 3));
      await expect(instance.call(name, [], { timeoutMs: 100 })).rejects.toThrow(
        expect.objectContaining({ code: 'ERR_GUEST_TIMEOUT' }),
      );
      const controller = new AbortController();
      const waiting = instance.call(name, [], { signal: controller.signal });
      setTimeout(() => controller.abort('enough'), 50);
      await expect(waiting).rejects.toMatchObject({ code: 'ERR_GUEST_ABORT', cause: 'enough' });
      expect(await instance.exports.add(2, 3)).toBe(5);
      expect(await instance.readMemory(1000, 3)).toEqual(Uint8Array.of(1, 2, 3));
    },
  );

  it('ends a task that waits in the event loop, and the thread with it', async () => {
    const { runtime, instance } = await start(engine);
    const waiting = runtime.perform(faultTask('hang'), [], { timeoutMs: 50 });
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_GUEST_TIMEOUT' });
    await expect(instance.exports.add(1, 1)).rejects.toMatchObject({ code: 'ERR_INSTANCE_LOST' });
    expect(await runtime.run(faultGuest)).toBe(7);
  });

  it('ends calls that wait for their turn by their signals', async () => {
    const { runtime, instance } = await start(engine);
    const first = instance.call('sleep', [], { timeoutMs: 300 });
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const waiting = [
      runtime.run(faultGuest, options),
      runtime.instantiate(faultGuest, options),
      instance.call('add', [1, 2], options),
      instance.readMemory(0, 1, options),
      instance.writeMemory(0, new Uint8Array(1), options),
      instance.memoryPages(options),
      instance.growMemory(1, options),
      runtime.perform(faultTask('count'), [], options),
    ].map((call) => call.then(() => 'done').catch((error) => error.code));
    controller.abort();
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => 'ERR_GUEST_ABORT'));
    await expect(first).rejects.toMatchObject({ code: 'ERR_GUEST_TIMEOUT' });
    expect(await instance.call('add', [1, 2], { timeoutMs: long })).toBe(3);
  });

  it('refuses bounds that are none before anything is done', async () => {
    const { runtime, instance } = await start(engine);
    for (const options of [{ timeoutMs: 0 }, { timeoutMs: 2 ** 31 }, { signal: {} }, { timeout: 5 }]) {
      const wrong = options as object;
      const calls = [
        runtime.run(faultGuest, wrong),
        runtime.instantiate(faultGuest, wrong),
        runtime.perform(faultTask('count'), [], wrong),
        instance.call('add', [1, 2], wrong),
        instance.readMemory(0, 1, wrong),
      ];
      for (const call of calls) await expect(call).rejects.toThrow(InvalidArgumentError);
    }
    await expect(instance.call('missing' as 'add', [1, 2])).rejects.toMatchObject({
      code: 'ERR_UNKNOWN_EXPORT',
    });
    expect(await instance.exports.add(1, 2)).toBe(3);
  });

  it('ends when a host function ends the thread, also while its guest would go on', async () => {
    const { runtime, instance } = await start(engine);
    await expect(instance.exports.exitAndLoop()).rejects.toMatchObject({
      code: 'ERR_GUEST_CRASH',
      exitCode: 3,
    });
    await expect(instance.exports.add(1, 2)).rejects.toMatchObject({ code: 'ERR_INSTANCE_LOST' });
    const fresh = await runtime.instantiate(faultGuest, { exports: faultExports });
    expect(await fresh.exports.add(1, 2)).toBe(3);
  });

  it('ends a host function that does not return, and the thread with it', async () => {
    const { runtime, instance } = await start(engine);
    await expect(instance.call('spin', [], { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'ERR_GUEST_TIMEOUT',
    });
    expect(await runtime.run(faultGuest)).toBe(7);
  });
});

forEngine('wasmedge', () => {
  it('ends a guest that loops, and keeps its thread and its instances', async () => {
    const { runtime, instance } = await start('wasmedge', { limits: { timeoutMs: 100 } });
    for (let round = 0; round < 3; round++) {
      await expect(instance.exports.loop()).rejects.toMatchObject({ code: 'ERR_GUEST_TIMEOUT' });
      expect(await instance.call('add', [round, 1], { timeoutMs: long })).toBe(round + 1);
    }
    expect(await runtime.run(faultGuest, { timeoutMs: long })).toBe(7);
  });
});

forEngine('v8', () => {
  it('ends a guest that loops with its thread, and goes on with a fresh one', async () => {
    const { runtime, instance } = await start('v8', { limits: { timeoutMs: 100 } });
    await expect(instance.exports.loop()).rejects.toMatchObject({ code: 'ERR_GUEST_TIMEOUT' });
    await expect(instance.exports.add(1, 2)).rejects.toMatchObject({ code: 'ERR_INSTANCE_LOST' });
    expect(await runtime.run(faultGuest, { timeoutMs: long })).toBe(7);
  });
});
