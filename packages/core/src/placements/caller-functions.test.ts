import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import {
  CannotCrossError,
  createRuntime,
  DisposedError,
  GuestAbortError,
  GuestTimeoutError,
  GuestTrapError,
  HostFunctionResultError,
  type HostModule,
  hostFunction,
  hostModule,
  InstanceLostError,
  MemoryRangeError,
  NoMemoryError,
  type PlacedInstance,
  type PlacedRuntime,
  signature,
  type WaitingCaller,
} from '../index.js';

const number = signature(['i32'], ['i32']);
const exports = { call: number, twice: number, many: number } as const;
/** Hands what it is called with to `env.work`, and gives what that returns. */
const guest = await wat(`(module
  (import "env" "work" (func $work (param i32) (result i32)))
  (memory (export "memory") 32)
  (data (i32.const 64) "greetings")
  (func (export "call") (param i32) (result i32) (call $work (local.get 0)))
  (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func (export "many") (param i32) (result i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (call $work (local.get 0))))
      (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $sum)))`);

/** Calls `env.work`. */
const command = await wat(`(module
  (import "env" "work" (func $work (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start") (drop (call $work (i32.const 1)))))`);

type Work = (caller: WaitingCaller, value: number) => number | Promise<number>;
type Guest = PlacedInstance<{ readonly [Name in keyof typeof exports]: (value: number) => Promise<number> }>;

const env = (work: Work): HostModule =>
  hostModule('env', { work: hostFunction(['i32'], ['i32'], work, { on: 'caller' }) });

forEachEngine((engine) => {
  describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
    let runtime: PlacedRuntime;
    let work: Work;

    beforeAll(async () => {
      const hostModules = [env((caller, value) => work(caller, value))];
      runtime = await createRuntime({ engine, placement, hostModules });
    });
    afterAll(() => runtime?.[Symbol.asyncDispose]());

    async function make(use: Work): Promise<Guest> {
      work = use;
      return runtime.instantiate(guest, { exports });
    }

    it('runs a function here, at once or in its own time', async () => {
      let here = 0;
      const instance = await make((_caller, value) => {
        here += value;
        return value < 10 ? value + 1 : sleep(5, value + 2);
      });
      expect([await instance.exports.call(4), await instance.exports.call(40)]).toEqual([5, 42]);
      expect(here).toBe(44);
      expect(await instance.exports.many(9)).toBe(54);
    });

    it('reaches the memory of the guest by copies', async () => {
      const seen: unknown[] = [];
      const instance = await make(async ({ memory, hasMemory }, at) => {
        seen.push(hasMemory, await memory.readString(at, 9), await memory.byteLength(), await memory.pages());
        await memory.write(0, Uint8Array.of(1, 2, 3));
        await memory.writeU32(4, 0xffff_ffff);
        await memory.writeF64(8, 0.5);
        await memory.fill(16, 2, 7);
        seen.push(await memory.read(0, 18), await memory.readI32(4), await memory.readF64(8));
        seen.push(
          await memory.readU64(4),
          await memory.writeString(200, 'ü'),
          await memory.contains(0, 2 ** 21 + 1),
        );
        seen.push(await memory.grow(1), await memory.pages());
        return 0;
      });
      await instance.exports.call(64);
      const bytes = [1, 2, 3, 0, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 7, 7];
      expect(seen).toEqual([
        ...[true, 'greetings', 2 ** 21, 32],
        ...[Uint8Array.from(bytes), -1, 0.5],
        ...[0xffff_ffffn, 2, false],
        ...[32, 33],
      ]);
      expect(await instance.readMemory(0, 3)).toEqual(Uint8Array.of(1, 2, 3));
    });

    it('copies a megabyte, both ways', async () => {
      const megabyte = new Uint8Array(2 ** 20).map((_, index) => index * 7);
      const instance = await make(async ({ memory }) => {
        await memory.write(2 ** 19, megabyte);
        return Buffer.compare(megabyte, await memory.read(2 ** 19, 2 ** 20));
      });
      expect(await instance.exports.call(0)).toBe(0);
      expect(megabyte.byteLength).toBe(2 ** 20);
      expect(Buffer.compare(megabyte, await instance.readMemory(2 ** 19, 2 ** 20))).toBe(0);
    });

    it('tells what memory does not allow', async () => {
      const instance = await make(async ({ memory }) => {
        await expect(memory.read(2 ** 21, 1)).rejects.toSatisfy(MemoryRangeError.isInstance);
        const views = memory as unknown as Record<string, () => void>;
        for (const name of ['bytes', 'view', 'borrow']) {
          expect(() => views[name]?.()).toThrow(CannotCrossError);
        }
        await memory.write(-4, Uint8Array.of(1));
        return 0;
      });
      await expect(instance.exports.call(0)).rejects.toSatisfy(MemoryRangeError.isInstance);
      const bare = await wat(`(module (import "env" "work" (func $work (param i32) (result i32)))
        (func (export "call") (param i32) (result i32) (call $work (local.get 0))))`);
      await make(async ({ memory, hasMemory }) => {
        expect(hasMemory).toBe(false);
        return (await memory.read(0, 1)).length;
      });
      const without = await runtime.instantiate(bare, { exports: { call: number } });
      await expect(without.exports.call(0)).rejects.toSatisfy(NoMemoryError.isInstance);
    });

    it('serves what the function calls of the guest that waits, while others wait for their turn', async () => {
      const order: string[] = [];
      const instance = await make(async ({ memory }, value): Promise<number> => {
        if (value === 0) return 100;
        order.push(`begin ${value}`);
        const [doubled, deeper, text] = await Promise.all([
          instance.exports.twice(value),
          instance.exports.call(value - 1),
          memory.readString(64, 5),
        ]);
        expect(text).toBe('greet');
        order.push(`end ${value}`);
        return doubled + deeper;
      });
      const outer = instance.exports.call(3);
      const elsewhere = instance.exports.twice(1).then(() => order.push('elsewhere'));
      expect(await outer).toBe(6 + 4 + 2 + 100);
      await elsewhere;
      expect(order).toEqual(['begin 3', 'begin 2', 'begin 1', 'end 1', 'end 2', 'end 3', 'elsewhere']);
    });

    it('serves what was called and not awaited before the guest goes on', async () => {
      const done: number[] = [];
      const instance = await make((_caller, value) => {
        for (const next of [1, 2]) void instance.exports.twice(next).then((result) => done.push(result));
        return value;
      });
      expect(await instance.exports.call(5)).toBe(5);
      expect(done).toEqual([2, 4]);
    });

    it('knows instances apart, as long as they live', async () => {
      const counts = new WeakMap<object, number>();
      const instance = await make(({ instance: calling }) => {
        const count = (counts.get(calling) ?? 0) + 1;
        counts.set(calling, count);
        return count;
      });
      await using other = await runtime.instantiate(guest, { exports });
      const calls = [instance, other, instance, instance, other].map(({ exports: { call } }) => call(0));
      expect(await Promise.all(calls)).toEqual([1, 1, 2, 3, 2]);
    });

    it('runs the function where the call was made', async () => {
      const place = new AsyncLocalStorage<string>();
      const seen: (string | undefined)[] = [];
      const instance = await make(async (_caller, value) => {
        seen.push(place.getStore());
        if (value > 0) await place.run('inner', () => instance.exports.call(value - 1));
        return 0;
      });
      await Promise.all(['a', 'b'].map((name) => place.run(name, () => instance.exports.call(1))));
      expect(seen).toEqual(['a', 'inner', 'b', 'inner']);
    });

    it.each([
      ['an error', new RangeError('deep', { cause: Symbol('cause') })],
      ['an object', { deep: true, call: () => {} }],
      ['a symbol', Symbol('deep')],
      ['nothing', undefined],
    ])('throws %s through three levels as it was thrown', async (_what, thrown) => {
      const seen: unknown[] = [];
      const instance = await make(async (_caller, value): Promise<number> => {
        if (value === 0) throw thrown;
        try {
          return await instance.exports.call(value - 1);
        } catch (error) {
          seen.push(error);
          throw error;
        }
      });
      const caught = await instance.exports.call(3).catch((error: unknown) => ({ error }));
      expect(seen).toHaveLength(3);
      for (const error of [...seen, (caught as { error: unknown }).error]) expect(error).toBe(thrown);
      expect(await instance.exports.twice(2)).toBe(4);
    });

    it('passes an error of a guest through the functions around it, and goes on after one that was caught', async () => {
      const trap = await wat('(module (func (export "trap") unreachable))');
      const instance = await make(async (_caller, value) => {
        const inner = await runtime.instantiate(trap, { exports: { trap: signature([], []) } });
        try {
          await inner.exports.trap();
        } catch (error) {
          expect(GuestTrapError.isInstance(error)).toBe(true);
          first ??= error;
          if (value === 0) throw error;
        }
        return value;
      });
      let first: unknown;
      const caught = await instance.exports.call(0).catch((error: unknown) => error);
      expect(caught).toBe(first);
      expect(await instance.exports.call(8)).toBe(8);
    });

    it('ends a guest whose function never answers by its time or its signal, and tells the function', async () => {
      const signals: AbortSignal[] = [];
      const late: unknown[] = [];
      await make(async (caller) => {
        signals.push(caller.signal);
        const isOver = once(caller.signal, 'abort');
        controller.abort(new Error('enough'));
        await isOver;
        late.push(await caller.memory.read(0, 1).catch((error: unknown) => error));
        return 0;
      });
      let controller = new AbortController();
      await expect(runtime.run(command, { timeoutMs: 500 })).rejects.toSatisfy(GuestTimeoutError.isInstance);
      controller = new AbortController();
      const { signal } = controller;
      await expect(runtime.run(command, { signal })).rejects.toSatisfy(GuestAbortError.isInstance);
      expect(signals.map(({ reason }) => reason)).toEqual([
        expect.toSatisfy(GuestTimeoutError.isInstance),
        expect.toSatisfy(GuestAbortError.isInstance),
      ]);
      await expect.poll(() => late).toHaveLength(2);
      for (const error of late) {
        expect(InstanceLostError.isInstance(error) || DisposedError.isInstance(error)).toBe(true);
      }
      expect(await (await make(() => 0)).exports.twice(3)).toBe(6);
    });

    it('takes no notice of an answer that comes after its call has ended', async () => {
      let answer: (value: number) => void = () => {};
      const controller = new AbortController();
      await make(
        () =>
          new Promise<number>((resolve) => {
            answer = resolve;
            controller.abort();
          }),
      );
      const { signal } = controller;
      await expect(runtime.run(command, { signal })).rejects.toSatisfy(GuestAbortError.isInstance);
      const stale = answer;
      const fresh = await make(() => 5);
      stale(1);
      expect([await fresh.exports.twice(3), await fresh.exports.call(0)]).toEqual([6, 5]);
    });

    it('refuses a result that does not fit, and goes on', async () => {
      const results: unknown[] = [
        'text',
        () => 1,
        { toString: 1 },
        undefined,
        1n,
        2 ** 32,
        [1],
        Number.NaN,
        7,
      ];
      const instance = await make(async () => results.shift() as number);
      for (const _ of results.slice(1)) {
        await expect(instance.exports.call(0)).rejects.toSatisfy(HostFunctionResultError.isInstance);
      }
      expect(await instance.exports.call(0)).toBe(7);
    });

    it('mixes functions that stay here with others, where the module can be made again', async () => {
      const made = `export const env = { name: 'env', functions: {
        there: { params: ['i32'], results: ['i32'], call: (caller, value) => value + 1 },
        here: { params: [], results: [], call: () => { throw new Error('made there'); } } } };`;
      const both = hostModule(
        'env',
        {
          there: hostFunction(['i32'], ['i32'], () => 0),
          here: hostFunction(['i64', 'f32'], ['i64', 'f64'], async (_caller, a, b) => [a * 2n, b / 2], {
            on: 'caller',
          }),
        },
        { exportedAs: { module: `data:text/javascript,${encodeURIComponent(made)}`, export: 'env' } },
      );
      await using mixing = await createRuntime({ engine, placement, hostModules: [both] });
      const mixed = await mixing.instantiate(
        await wat(`(module
          (import "env" "there" (func $there (param i32) (result i32)))
          (import "env" "here" (func $here (param i64 f32) (result i64 f64)))
          (func (export "there") (param i32) (result i32) (call $there (local.get 0)))
          (func (export "here") (param i64 f32) (result i64 f64) (call $here (local.get 0) (local.get 1))))`),
      );
      expect(await mixed.exports.there?.(4)).toBe(5);
      expect(await mixed.exports.here?.(2n ** 62n - 1n, 3)).toEqual([2n ** 63n - 2n, 1.5]);
    });

    it('serves guests of two runtimes that call each other', async () => {
      const there = env(
        async (_caller, value) => 10 * (value === 0 ? 1 : await first.exports.call(value - 1)),
      );
      await using other = await createRuntime({ engine, placement, hostModules: [there] });
      const second: Guest = await other.instantiate(guest, { exports });
      const first = await make((_caller, value) => (value === 0 ? 1 : second.exports.call(value - 1)));
      expect(await first.exports.call(5)).toBe(1000);
    });

    it('has two functions that wait for a call of the other’s runtime go on when one call is ended', async () => {
      // Calls from elsewhere: what is made here does not belong to the function that waits for it.
      const elsewhere = new AsyncResource('elsewhere');
      const both = new Set<string>();
      let go = () => {};
      const bothWait = new Promise<void>((resolve) => {
        go = resolve;
      });
      const waitFor = async (name: string, called: () => Guest) => {
        if (both.add(name).size === 2) go();
        await bothWait;
        return elsewhere.runInAsyncScope(() => called().exports.twice(21));
      };
      const there = env(() => waitFor('there', () => first));
      await using other = await createRuntime({ engine, placement, hostModules: [there] });
      const second: Guest = await other.instantiate(guest, { exports });
      const first = await make(() => waitFor('here', () => second));
      const controller = new AbortController();
      const ended = runtime.run(command, { signal: controller.signal });
      const goesOn = second.exports.call(1).catch((error) => error);
      void bothWait.then(() => setImmediate(() => controller.abort()));
      await expect(ended).rejects.toThrow(GuestAbortError);
      // In a process the instance has ended with the call.
      const settled = await goesOn;
      expect(settled).toEqual(placement === 'worker' ? 42 : expect.any(InstanceLostError));
    });

    it('shows its calls to a trace, without what is hidden', async () => {
      const events: unknown[] = [];
      const secret = hostFunction(['i32'], ['i32'], async () => 3, { on: 'caller', hiddenArguments: [0] });
      await using traced = await createRuntime({
        engine,
        placement,
        hostModules: [hostModule('env', { work: secret })],
        trace: (event) => events.push(event),
      });
      const instance = await traced.instantiate(guest, { exports });
      await instance.exports.call(1234);
      await expect
        .poll(() => events)
        .toMatchObject([{ module: 'env', function: 'work', arguments: [undefined], result: 3 }]);
    });
  });
});
