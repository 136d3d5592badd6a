import { describe, expectTypeOf, it } from 'vitest';
import {
  createRuntime,
  type PlacedGuestResult,
  type PlacedRuntime,
  type Runtime,
  signature,
} from '../index.js';

const exports = { add: signature(['i32', 'i32'], ['i32']), stop: signature([], []) };

describe.each(['worker', 'process'] as const)('createRuntime with placement %s', (placement) => {
  it('gives promises, which are not their values', async () => {
    const runtime = await createRuntime({ placement });
    expectTypeOf(runtime).toEqualTypeOf<PlacedRuntime>();
    const exitCode = runtime.run('guest.wasm');
    expectTypeOf(exitCode).toEqualTypeOf<Promise<number>>();
    // @ts-expect-error a promise is not its value
    exitCode + 1;
    // @ts-expect-error an instance that is not awaited has no exports
    runtime.instantiate('guest.wasm').exports;
    const instance = await runtime.instantiate('guest.wasm', { exports });
    expectTypeOf(instance.exports.add).toEqualTypeOf<(...args: [number, number]) => Promise<number>>();
    expectTypeOf(instance.call('stop', [])).toEqualTypeOf<Promise<void>>();
    // @ts-expect-error a promise is not its value
    const sum: number = instance.exports.add(1, 2);
    expectTypeOf(sum);
    // @ts-expect-error a promise is not its value
    instance.call('add', [1, 2]) + 1;
    // @ts-expect-error a promise is not its value
    instance.readMemory(0, 1).length;
    // @ts-expect-error a promise is not its value
    instance.exportedGlobal('count').get() + 1;
  });

  it('types exports that are not declared, and takes their signatures later', async () => {
    const instance = await (await createRuntime({ placement })).instantiate('guest.wasm');
    expectTypeOf(instance.exports.any?.(1)).toEqualTypeOf<Promise<PlacedGuestResult> | undefined>();
    expectTypeOf(instance.call('any', [1])).toEqualTypeOf<Promise<PlacedGuestResult>>();
    expectTypeOf<PlacedGuestResult>().not.toBeUnknown();
    expectTypeOf(instance.exportedFunction('add', exports.add)).toEqualTypeOf<
      (...args: [number, number]) => Promise<number>
    >();
    // @ts-expect-error what it is, is not known yet
    instance.exportTypes.get('add')?.signature;
  });

  it('has copies of memory, and no views', async () => {
    const instance = await (await createRuntime({ placement })).instantiate('guest.wasm');
    expectTypeOf(instance.readMemory(0, 1)).toEqualTypeOf<Promise<Uint8Array<ArrayBuffer>>>();
    expectTypeOf(instance.writeMemory(0, new Uint8Array(1))).toEqualTypeOf<Promise<void>>();
    // @ts-expect-error what lies elsewhere cannot be looked at from here
    instance.memory;
  });

  it('is disposed of asynchronously', async () => {
    await using runtime = await createRuntime({ placement });
    await using _instance = await runtime.instantiate('guest.wasm');
    // @ts-expect-error it has no synchronous end
    using _runtime = runtime;
  });
});

describe('createRuntime with placement inline, or none', () => {
  it('gives values, and is disposed of at once', async () => {
    using runtime = await createRuntime({ placement: 'inline' });
    expectTypeOf(runtime).toEqualTypeOf<Runtime>();
    expectTypeOf(await createRuntime()).toEqualTypeOf<Runtime>();
    expectTypeOf(runtime.run('guest.wasm')).toEqualTypeOf<number>();
    expectTypeOf(runtime.instantiate('guest.wasm', { exports }).exports.add(1, 2)).toEqualTypeOf<number>();
  });
});
