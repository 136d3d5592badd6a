import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { compilePlugin, forCompiler } from '../__fixtures__/compile-c.js';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, InstanceLostError, nativePlugin, type PlacedRuntimeOptions } from '../index.js';
import { faults } from './__fixtures__/faults-worker.js';
import { isAlive } from './__fixtures__/processes.js';

const guest = await wat(`(module
  (import "faults" "end" (func $end (param i32)))
  (func (export "end") (param i32) (call $end (local.get 0)))
  (func (export "loop") (call $end (i32.const 0)) (loop br 0))
  (func (export "answer") (result i32) (i32.const 42)))`);

const pidOf = {
  module: 'data:text/javascript,export const pidOf = () => process.pid;',
  export: 'pidOf',
} as const;

async function make(options: Omit<PlacedRuntimeOptions, 'placement'> = {}) {
  const runtime = await createRuntime({ hostModules: [faults], ...options, placement: 'process' });
  onTestFinished(() => runtime[Symbol.asyncDispose]());
  return runtime;
}

const knowsHostCalls = process.platform === 'linux';
const hostCall = (hasReturned: boolean) =>
  knowsHostCalls ? { hostCall: 'faults.end', hostCallHasReturned: hasReturned } : {};

// The signals of faults are libwasmedge's while compiled code runs: it takes them for traps of the guest, and jumps out of what was called.
const interpreted = { aot: 'off' } as const;

forEachEngine((engine) => {
  const choice = engine === 'wasmedge' ? { engine, ...interpreted } : { engine };

  describe('a process that ends in a host function', () => {
    it.each([
      ['abort', 1, { signal: 'SIGABRT', exitCode: undefined }],
      ['process.exit', 2, { signal: undefined, exitCode: 3 }],
      ['a signal', 3, { signal: 'SIGSEGV', exitCode: undefined }],
    ])('by %s tells how, and what ran', async (_, how, end) => {
      const runtime = await make(choice);
      const other = await make(choice);
      const untouched = await other.instantiate(guest);
      const instance = await runtime.instantiate(guest);
      await expect(instance.exports.end?.(how)).rejects.toMatchObject({
        code: 'ERR_GUEST_CRASH',
        ...end,
        running: { guest: '(bytes)', export: 'end', ...hostCall(false) },
      });
      await expect(instance.exports.answer?.()).rejects.toThrow(InstanceLostError);
      expect(await untouched.exports.answer?.()).toBe(42);
      expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
    });
  });

  it('a process that is killed tells so while its guest runs, and is replaced when it was idle', async () => {
    const runtime = await make({ engine });
    const instance = await runtime.instantiate(guest);
    const pid = (await runtime.perform(pidOf, [])) as number;
    const looping = instance.exports.loop?.();
    setTimeout(() => process.kill(pid, 'SIGKILL'), 100);
    await expect(looping).rejects.toMatchObject({
      signal: 'SIGKILL',
      running: { guest: '(bytes)', export: 'loop', ...hostCall(true) },
    });
    const idle = (await runtime.perform(pidOf, [])) as number;
    expect(idle).not.toBe(pid);
    process.kill(idle, 'SIGKILL');
    await expect.poll(() => isAlive(idle)).toBe(false);
    await expect.poll(() => runtime.perform(pidOf, []).catch(() => idle), { timeout: 10_000 }).not.toBe(idle);
  });
});

it('a process without memory for its JavaScript is a crash', async () => {
  const runtime = await make({ child: { execArgv: ['--max-old-space-size=32'] } });
  const instance = await runtime.instantiate(guest);
  await expect(instance.exports.end?.(4)).rejects.toMatchObject({ signal: 'SIGABRT' });
  expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
});

forEngine('wasmedge', () => {
  forCompiler(() => {
    describe('a native plug-in', () => {
      let folder: string;
      let path: string;
      beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'crashes-'));
        const names = { plugin: 'test_faults', module: 'native_faults', file: 'libtestFaults.so' };
        path = compilePlugin(folder, names, ['-DWITH_FAULTS', '-Wno-infinite-recursion']);
      });
      afterAll(() => rmSync(folder, { recursive: true }));

      it('may end its process in any way, or hang', async () => {
        const calls = await wat(`(module
          (import "native_faults" "fault" (func $fault (param i32)))
          (func (export "fault") (param i32) (call $fault (local.get 0))))`);
        const runtime = await make({ plugins: [nativePlugin({ path })], aot: 'wait' });
        const ends = [
          { signal: 'SIGSEGV' },
          { signal: 'SIGABRT' },
          { signal: 'SIGFPE' },
          { exitCode: 5 },
          { exitCode: 6 },
          { signal: 'SIGSEGV' },
        ];
        for (const [how, end] of ends.entries()) {
          const instance = await runtime.instantiate(calls);
          await expect(instance.exports.fault?.(how)).rejects.toMatchObject({
            code: 'ERR_GUEST_CRASH',
            ...end,
            running: { guest: '(bytes)', export: 'fault' },
          });
        }
        expect(runtime.report().aot?.guests).toEqual([
          { guest: '(bytes)', runs: 'interpreted', reason: expect.stringContaining('native plug-in') },
        ]);
        const hangs = await runtime.instantiate(calls, { timeoutMs: 60_000 });
        const bounded = runtime.perform(pidOf, []);
        expect(await bounded).toBeTypeOf('number');
        const controller = new AbortController();
        const hanging = hangs.exports.fault?.(6);
        const aborted = runtime.perform(pidOf, [], { signal: controller.signal });
        controller.abort();
        await expect(aborted).rejects.toMatchObject({ code: 'ERR_GUEST_ABORT' });
        process.kill((await bounded) as number, 'SIGKILL');
        await expect(hanging).rejects.toMatchObject({ signal: 'SIGKILL' });
        expect(await (await runtime.instantiate(calls)).exports.fault?.(7)).toBeUndefined();
      });
    });
  });
});

it.runIf(process.platform === 'linux')('crashes leave no descriptor behind', async () => {
  const runtime = await make();
  const descriptors = () => readdirSync('/proc/self/fd').length;
  let before = 0;
  for (let round = 0; round < 4; round++) {
    const instance = await runtime.instantiate(guest);
    await expect(instance.exports.end?.(2)).rejects.toMatchObject({ exitCode: 3 });
    if (round === 0) before = descriptors();
  }
  expect(descriptors()).toBe(before);
});

it('a process that sends nonsense is ended', async () => {
  const runtime = await make();
  // Two lengths of 0x01010101, and then as many bytes that are not a message.
  const code = `import { writeSync } from 'node:fs';
    export function flood() {
      const piece = new Uint8Array(1 << 16).fill(1);
      for (let sent = 0; sent < 2 * 0x01010101 + 8;) {
        try { sent += writeSync(3, piece); } catch {}
      }
      return new Promise(() => {});
    }`;
  const flood = { module: `data:text/javascript,${encodeURIComponent(code)}`, export: 'flood' };
  await expect(runtime.perform(flood, [])).rejects.toMatchObject({
    code: 'ERR_GUEST_CRASH',
    signal: 'SIGKILL',
    cause: expect.anything(),
  });
  expect(await runtime.perform(pidOf, [])).toBeTypeOf('number');
});
