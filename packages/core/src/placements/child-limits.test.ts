import { describe, expect, it, onTestFinished } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  type Limits,
  type PlacedRuntimeOptions,
  UnsupportedByPlacementError,
} from '../index.js';
import { refuseLimitsOfProcess } from './caller/check-limits.js';

const guest = await wat(`(module
  (memory (export "memory") 1)
  (func (export "loop") (loop br 0))
  (func (export "answer") (result i32) (i32.const 42))
  (func (export "grow") (param i32) (result i32)
    (local $before i32)
    (local.set $before (memory.grow (local.get 0)))
    (if (i32.ne (local.get $before) (i32.const -1))
      (then (memory.fill
        (i32.mul (local.get $before) (i32.const 65536))
        (i32.const 1)
        (i32.mul (local.get 0) (i32.const 65536)))))
    (local.get $before)))`);
const mebibyte = 1 << 20;

async function make(options: Omit<PlacedRuntimeOptions, 'placement'>) {
  const runtime = await createRuntime({ ...options, placement: 'process' });
  onTestFinished(() => runtime[Symbol.asyncDispose]());
  return runtime;
}

describe.runIf(process.platform === 'linux')('limits of a child process', () => {
  forEachEngine((engine) => {
    it("bound the processor's time of one call", async () => {
      const runtime = await make({ engine, limits: { cpuMs: 300 } });
      const looping = (await runtime.instantiate(guest)).exports.loop?.();
      await expect(looping).rejects.toMatchObject({
        code: 'ERR_GUEST_TIMEOUT',
        message: expect.stringContaining('limits.cpuMs'),
      });
      expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
    });

    it('bound the memory of the process', async () => {
      const runtime = await make({ engine, limits: { memoryBytes: 1024 * mebibyte } });
      const task = {
        module:
          'data:text/javascript,export const take = (_, mebibytes) => new Uint8Array(mebibytes << 20).fill(1).length;',
        export: 'take',
      };
      expect(await runtime.perform(task, [64])).toBe(64 * mebibyte);
      await expect(runtime.perform(task, [2000])).rejects.toThrow(/allocation failed/);
      expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
    });

    it("bound the processor's time of the process, which is replaced", async () => {
      const runtime = await make({ engine, child: { cpuSeconds: 1 } });
      const looping = (await runtime.instantiate(guest)).exports.loop?.();
      await expect(looping).rejects.toMatchObject({ code: 'ERR_GUEST_CRASH', signal: 'SIGXCPU' });
      expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
    });

    it('bound the growth during one call from outside', async () => {
      const runtime = await make({ engine, limits: { growthBytes: 64 * mebibyte } });
      expect(runtime.report().engine).toBe(engine);
      const task = {
        module:
          'data:text/javascript,const kept = []; export async function grow() { for (;;) { kept.push(new Uint8Array(1 << 22).fill(1)); await null; } }',
        export: 'grow',
      };
      await expect(runtime.perform(task, [])).rejects.toMatchObject({
        code: 'ERR_MEMORY_LIMIT',
        message: expect.stringContaining('limits.growthBytes'),
      });
      expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
    });
  });

  // The memories of guests on engine wasmedge are not counted by the system.
  forEngine('v8', () => {
    it('bound the memories of guests', async () => {
      const runtime = await make({ limits: { memoryBytes: 256 * mebibyte } });
      const instance = await runtime.instantiate(guest);
      expect(await instance.exports.grow?.(160)).toBe(1);
      expect(await instance.exports.grow?.(8000)).toBe(-1);
    });
  });

  it('do not choose the engine', async () => {
    const runtime = await make({ limits: { growthBytes: 512 * mebibyte, cpuMs: 10_000 } });
    expect(runtime.report().engine).toBe('v8');
  });
});

describe('limits that only a process can keep', () => {
  it.each(['inline', 'worker'] as const)('are refused %s', async (placement) => {
    for (const limits of [{ cpuMs: 100 }, { memoryBytes: 1 << 30 }] satisfies Limits[]) {
      await expect(createRuntime({ placement, limits } as PlacedRuntimeOptions)).rejects.toThrow(
        UnsupportedByPlacementError,
      );
    }
  });

  it('are refused on other systems than Linux', () => {
    expect(() => refuseLimitsOfProcess('process', { memoryBytes: 1 }, 'darwin')).toThrow(/on Linux only/);
    expect(() => refuseLimitsOfProcess('process', { growthBytes: 1, timeoutMs: 1 }, 'darwin')).not.toThrow();
  });

  it('are checked', async () => {
    const wrong: unknown[] = [
      { limits: { cpuMs: 0 } },
      { limits: { memoryBytes: 1.5 } },
      { child: { cpuSeconds: 0 } },
    ];
    for (const options of wrong) {
      const made = createRuntime({ ...(options as object), placement: 'process' });
      await expect(made).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    }
  });
});
