import { describe, expect, it, onTestFinished } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import {
  CannotCrossError,
  compileGuest,
  createRuntime,
  GuestAbortError,
  GuestCrashError,
  GuestTimeoutError,
  InstanceLostError,
  InvalidArgumentError,
  MemoryRangeError,
  type PlacedRuntimeOptions,
  signature,
  UnknownExportError,
} from '../index.js';

const adder = await wat(`(module
  (memory (export "memory") 1)
  (global (export "count") (mut i32) (i32.const 5))
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "wide") (param i64) (result i64) local.get 0)
  (func (export "loop") (loop br 0))
  (func (export "trap") unreachable))`);
const command = await wat(`(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (i32.const 7))))`);

const add = signature(['i32', 'i32'], ['i32']);

describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
  async function make(options: Omit<PlacedRuntimeOptions, 'placement'> = {}) {
    const runtime = await createRuntime({ ...options, placement });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    return runtime;
  }

  it('runs commands, and gives what they end with', async () => {
    const runtime = await make();
    expect(runtime.placement).toBe(placement);
    expect(runtime.report().engine).toBe('v8');
    expect(await runtime.run(command)).toBe(7);
    using guest = await compileGuest(command);
    expect(await Promise.all([runtime.run(guest), runtime.run(guest)])).toEqual([7, 7]);
  });

  it('calls exports, copies memory, and reads and sets globals', async () => {
    const runtime = await make();
    await using instance = await runtime.instantiate(adder, { exports: { add } });
    expect(await instance.exports.add(2, 3)).toBe(5);
    await instance.writeMemory(10, Uint8Array.of(1, 2, 3));
    expect(await instance.readMemory(9, 5)).toEqual(Uint8Array.of(0, 1, 2, 3, 0));
    expect([
      await instance.memoryPages(),
      await instance.growMemory(1),
      await instance.memoryPages(),
    ]).toEqual([1, 1, 2]);
    for (const wrong of ['text', [1], new ArrayBuffer(1), new Float64Array(1), undefined]) {
      await expect(instance.writeMemory(10, wrong as never)).rejects.toThrow(InvalidArgumentError);
    }
    expect(await instance.readMemory(9, 5)).toEqual(Uint8Array.of(0, 1, 2, 3, 0));
    for (const wrong of [1.5, -1, '2', Number.NaN, 1e15]) {
      await expect(instance.readMemory(0, wrong as never)).rejects.toThrow(MemoryRangeError);
    }
    const count = instance.exportedGlobal('count');
    for (const uncloned of [Symbol('x'), () => {}]) {
      await expect(count.set(uncloned as never)).rejects.toThrow(CannotCrossError);
    }
    await count.set(6);
    expect(await count.get()).toBe(6);
  });

  it('passes on what goes wrong', async () => {
    const runtime = await make();
    const instance = await runtime.instantiate(adder);
    await expect(instance.exports.trap?.()).rejects.toMatchObject({
      code: 'ERR_GUEST_TRAP',
      trap: 'unreachable',
    });
    await expect(instance.readMemory(65_530, 10)).rejects.toSatisfy(MemoryRangeError.isInstance);
    for (const length of [Number.NaN, 0.5, -(2 ** 40), '4' as never]) {
      await expect(instance.readMemory(0, length)).rejects.toSatisfy(MemoryRangeError.isInstance);
    }
    expect(await instance.readMemory(0, 4n as never)).toHaveLength(4);
    await expect(runtime.instantiate(null as never)).rejects.toThrow(InvalidArgumentError);
    expect(() => instance.exports.missing).toThrow(UnknownExportError);
    expect(() => (instance as unknown as { memory: unknown }).memory).toThrow(CannotCrossError);
    await expect(instance.exports.add?.((() => {}) as never, 1)).rejects.toThrow(CannotCrossError);
    expect(await instance.exports.add?.(1, 1)).toBe(2);
  });

  it('rejects what is to give exports of which one is named then', async () => {
    const runtime = await make();
    const guest = await wat('(module (func (export "then") (result i32) i32.const 8))');
    const { exports } = await runtime.instantiate(guest);
    await expect((async () => exports)()).rejects.toThrow(CannotCrossError);
    const ask: unknown = exports.then;
    expect(await (ask as () => Promise<number>)()).toBe(8);
  });

  it('ends a guest that loops by its time limit or its signal, and goes on with a fresh one', async () => {
    const runtime = await make({ limits: { timeoutMs: 200 } });
    const instance = await runtime.instantiate(adder);
    const waiting = instance.exports.loop?.();
    const next = runtime.run(command, { timeoutMs: 60_000 });
    await expect(waiting).rejects.toThrow(GuestTimeoutError);
    expect(await next).toBe(7);
    await expect(instance.exports.add?.(1, 2)).rejects.toThrow(InstanceLostError);
    const other = await runtime.instantiate(adder, { timeoutMs: 60_000 });
    const controller = new AbortController();
    const looping = other.exports.loop?.();
    controller.abort(new Error('enough'));
    await expect(runtime.run(command, { signal: controller.signal })).rejects.toThrow(GuestAbortError);
    await expect(looping).rejects.toThrow(GuestTimeoutError);
  });
});

it('in a process, an end of the process is an error of the call, and the next call gets a fresh one', async () => {
  await using runtime = await createRuntime({ placement: 'process' });
  const exit = { module: 'data:text/javascript,export function exit() { process.exit(3); }', export: 'exit' };
  await expect(runtime.perform(exit, [])).rejects.toMatchObject({ code: 'ERR_GUEST_CRASH', exitCode: 3 });
  const kill = {
    module:
      'data:text/javascript,export function kill() { process.kill(process.pid, "SIGSEGV"); return new Promise(() => {}); }',
    export: 'kill',
  };
  await expect(runtime.perform(kill, [])).rejects.toSatisfy(GuestCrashError.isInstance);
  expect(await runtime.run(command)).toBe(7);
});
