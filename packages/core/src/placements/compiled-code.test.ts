import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import {
  AotCacheError,
  type AotMode,
  compileAhead,
  compileGuest,
  createRuntime,
  GuestAbortError,
  hostFunction,
  hostModule,
  type PlacedRuntimeOptions,
  signature,
  UnsafeAotError,
  UnsupportedByEngineError,
  UnsupportedByPlacementError,
} from '../index.js';
import { temporaryFolder } from '../wasi/__fixtures__/temporary-folder.js';

const guest = await wat(`(module (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "loop") (loop br 0))
  (func $deep (export "deep") (result i32)
    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (call $deep))) (i32.load (i32.const 0)))
  (func (export "divide") (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s)
  (func (export "trap") unreachable))`);
const command = await wat(`(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (i32.const 7))))`);
const withTable = await wat(`(module (table (export "t") 1 funcref)
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))`);
const exports = { add: signature(['i32', 'i32'], ['i32']) };

// Neither what a test compiles nor its seals stay.
const folder = mkdtempSync(join(tmpdir(), 'compiled-code-'));
vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
vi.stubEnv('WASMEDGE_PLUGINS_AOT_CACHE', join(folder, 'aot'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function make(options: Omit<PlacedRuntimeOptions, 'placement'> = {}) {
  const logged: string[] = [];
  const logger = (_level: string, message: string) => void logged.push(message);
  const runtime = await createRuntime({ engine: 'wasmedge', placement: 'process', logger, ...options });
  onTestFinished(() => runtime[Symbol.asyncDispose]());
  const latest = () => runtime.report().aot?.guests.at(-1);
  const add = async () => {
    await using instance = await runtime.instantiate(guest, { exports });
    return instance.exports.add(40, 2);
  };
  return { runtime, latest, add, logged };
}

/** An own cache, so that nothing is there yet. */
const fresh = (mode: AotMode) => ({ mode, cache: { directory: join(temporaryFolder(), 'aot') } });

forEngine('wasmedge', () => {
  describe('compiled code in a process', () => {
    it('is waited for where that is asked for, and is there for the next runtime', async () => {
      const aot = fresh('wait');
      const first = await make({ aot });
      expect(await first.add()).toBe(42);
      expect(first.latest()).toEqual({ guest: '(bytes)', runs: 'compiled', reason: expect.any(String) });
      expect(first.runtime.report().aot).toMatchObject({
        mode: 'wait',
        reason: 'the option aot asks for it',
      });
      const kept = readdirSync(join(aot.cache.directory, 'code'));
      expect(kept).toHaveLength(1);
      const second = await make({ aot: { ...aot, mode: 'background' } });
      expect(await second.add()).toBe(42);
      expect(second.latest()?.runs).toBe('compiled');
      expect(await second.runtime.run(command)).toBe(7);
    });

    it('is made while guests are interpreted, unless something else is asked for', async () => {
      const { runtime, latest, add } = await make({ aot: { cache: fresh('wait').cache } });
      expect(runtime.report().aot).toEqual({
        mode: 'background',
        reason: 'it is the default in placement process',
        guests: [],
      });
      expect(await add()).toBe(42);
      expect(latest()).toEqual({ guest: '(bytes)', runs: 'interpreted', reason: 'it is being compiled' });
      const instance = await runtime.instantiate(guest, { exports });
      while (latest()?.runs !== 'compiled') {
        await wait(20);
        expect(await add()).toBe(42);
      }
      // It goes on as it began.
      expect(await instance.exports.add(1, 1)).toBe(2);
    });

    it('is not made where it is off', async () => {
      const { runtime, add } = await make({ aot: 'off' });
      expect(await add()).toBe(42);
      expect(runtime.report().aot).toEqual({ mode: 'off', reason: 'the option aot asks for it', guests: [] });
    });

    it('is made ahead by the runtime, or without one', async () => {
      const { cache } = fresh('off');
      const { runtime, add, latest } = await make({ aot: { cache, level: 0 } });
      expect(await runtime.compile(guest)).toMatchObject({ wasCached: false, form: 'plain', level: 0 });
      expect(await add()).toBe(42);
      expect(latest()?.runs).toBe('compiled');
      using compiled = await compileGuest(command);
      await compileAhead(compiled, { cache });
      expect(await runtime.run(compiled)).toBe(7);
      expect(await runtime.run(compiled)).toBe(7);
      expect(latest()?.runs).toBe('compiled');
    });

    it('is taken by instances of a runtime that has interpreted the guest before', async () => {
      const { runtime, add, latest } = await make({ aot: fresh('background') });
      await add();
      await runtime.compile(guest);
      await add();
      expect(latest()?.runs).toBe('compiled');
    });

    it('gives the errors of the interpreter', async () => {
      const { runtime, latest } = await make({ aot: 'wait' });
      const instance = await runtime.instantiate(guest);
      expect(latest()?.runs).toBe('compiled');
      await expect(instance.exports.trap?.()).rejects.toMatchObject({ trap: 'unreachable' });
      await expect(instance.exports.divide?.(1, 0)).rejects.toMatchObject({ trap: 'integer divide by zero' });
      await expect(instance.exports.divide?.(-(2 ** 31), -1)).rejects.toMatchObject({
        trap: 'integer overflow',
      });
      expect(await instance.exports.divide?.(6, 2)).toBe(3);
    });

    it('is ended by a time limit and by a signal, and is there for the next call', async () => {
      const { runtime, add, latest } = await make({ aot: 'wait', limits: { timeoutMs: 60_000 } });
      for (const [code, bounds] of [
        ['ERR_GUEST_TIMEOUT', () => ({ timeoutMs: 300 })],
        ['ERR_GUEST_ABORT', () => ({ signal: AbortSignal.timeout(300) })],
      ] as const) {
        const instance = await runtime.instantiate(guest);
        expect(latest()?.runs).toBe('compiled');
        const looping = runtime.perform({ module: loopTask, export: 'loop' }, [guest], bounds());
        await expect(looping).rejects.toMatchObject({ code });
        await expect(instance.exports.add?.(1, 2)).rejects.toMatchObject({ code: 'ERR_INSTANCE_LOST' });
        expect(await add()).toBe(42);
      }
    });

    it('is a crash of the process when it recurses for ever, and of nothing else', async () => {
      const { runtime, add } = await make({ aot: 'wait' });
      const instance = await runtime.instantiate(guest);
      await expect(instance.exports.deep?.()).rejects.toMatchObject({
        code: 'ERR_GUEST_CRASH',
        signal: 'SIGSEGV',
      });
      expect(await add()).toBe(42);
    });

    it('counts instructions for limits.cost', async () => {
      const { runtime, latest } = await make({ aot: 'wait', limits: { cost: 1_000_000 } });
      const instance = await runtime.instantiate(guest);
      expect(latest()).toMatchObject({ runs: 'compiled', reason: expect.stringContaining('metered') });
      await expect(instance.exports.loop?.()).rejects.toMatchObject({ code: 'ERR_COST_LIMIT' });
      expect(await instance.exports.add?.(1, 2)).toBe(3);
    });

    it('is not used for a guest that functions of others can reach, and that is said', async () => {
      const { runtime, latest } = await make({ aot: 'wait' });
      const instance = await runtime.instantiate(withTable, { exports });
      expect(await instance.exports.add(1, 2)).toBe(3);
      expect(latest()).toMatchObject({
        runs: 'interpreted',
        reason: expect.stringContaining('other guests'),
      });
    });

    it('is not waited for by what is instantiated in the middle of a call, which is made once', async () => {
      // Not compiled itself, as its table can be reached.
      const outer = await wat(`(module (import "host" "once" (func $once)) (table (export "t") 1 funcref)
        (func (export "_start") (call $once)))`);
      const inner: unknown[] = [];
      const once = async () => {
        // A failure here would only be a failure of the guest's call.
        inner.push(await add().catch((error) => error));
      };
      const { runtime, add } = await make({
        aot: fresh('wait'),
        hostModules: [hostModule('host', { once: hostFunction([], [], once, { on: 'caller' }) })],
      });
      expect(await runtime.run(outer)).toBe(0);
      expect(inner).toEqual([42]);
    });

    it('is not waited for longer than a signal wants, and the process lives on', async () => {
      const { runtime, add } = await make({ aot: fresh('wait') });
      const controller = new AbortController();
      const waiting = runtime.run(command, { signal: controller.signal });
      controller.abort();
      await expect(waiting).rejects.toSatisfy(GuestAbortError.isInstance);
      expect(await add()).toBe(42);
    });

    it.runIf(process.platform === 'linux')(
      'that cannot be had is an error where it is waited for, else it is logged once',
      async () => {
        const directory = temporaryFolder();
        chmodSync(directory, 0o777);
        const waiting = await make({ aot: { mode: 'wait', cache: { directory } } });
        await expect(waiting.add()).rejects.toSatisfy(AotCacheError.isInstance);
        const { add, runtime, logged, latest } = await make({ aot: { cache: { directory } } });
        expect(await add()).toBe(42);
        expect(await runtime.run(command)).toBe(7);
        expect(logged).toEqual([expect.stringMatching(/others can write to it.* Guests are interpreted/)]);
        expect(latest()).toMatchObject({ runs: 'interpreted', reason: expect.stringContaining(directory) });
      },
    );

    it('is asked for by options that go together', async () => {
      const refuses = (options: object, kind: { isInstance(value: unknown): boolean }, said: RegExp) =>
        expect(createRuntime(options)).rejects.toSatisfy(
          (error) => kind.isInstance(error) && said.test((error as Error).message),
        );
      await refuses({ engine: 'v8', aot: 'inline' }, UnsupportedByEngineError, /engine: 'wasmedge'/);
      await refuses({ aot: 'wait' }, UnsupportedByPlacementError, /placement: 'process'/);
      await refuses({ aot: 'background', placement: 'worker' }, UnsupportedByPlacementError, /'inline'/);
      await refuses({ aot: 'inline', placement: 'process' }, UnsupportedByPlacementError, /'background'/);
      for (const placement of ['inline', 'worker']) {
        await refuses({ aot: 'inline', placement }, UnsafeAotError, /Start Node\.js with/);
        for (const limits of [{ timeoutMs: 1000 }, { growthBytes: 1000 }]) {
          await refuses({ aot: 'inline', placement, limits }, UnsupportedByEngineError, /cannot be enforced/);
        }
      }
      await using runtime = await createRuntime({ placement: 'process', aot: { mode: 'background' } });
      expect(runtime.report()).toMatchObject({ engine: 'wasmedge', engineReason: 'the option aot needs it' });
    });
  });
});

const loopTask =
  'data:text/javascript,export function loop(runtime, guest) { runtime.instantiate(guest).exports.loop(); }';
