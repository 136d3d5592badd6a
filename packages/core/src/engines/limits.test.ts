import { expect, it, vi } from 'vitest';
import { adder, forEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  CostLimitError,
  createRuntime,
  DisposedError,
  definePlugin,
  GuestTimeoutError,
  GuestTrapError,
  hostFunction,
  hostModule,
  type Instance,
  type Runtime,
  signature,
} from '../index.js';
import { Watchdog } from './wasmedge/watchdog.js';

const loops = wat(`(module
  (import "env" "nothing" (func $nothing))
  (import "env" "call" (func $call))
  (func (export "count") (param i32)
    (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "forever") (loop (br 0)))
  (func (export "foreverCalling") (loop (call $nothing) (br 0)))
  (func (export "callThenForever") (call $call) (loop (br 0)))
  (func (export "callTwice") (call $call) (call $call))
  (func (export "callThenOne") (result i32) (call $call) (i32.const 1))
  (func (export "one") (result i32) i32.const 1))`);

const command = wat('(module (func (export "_start") (loop (br 0))))');
const starting = wat('(module (func $start (loop (br 0))) (start $start))');

function env(call: () => void = () => {}) {
  return [hostModule('env', { nothing: hostFunction([], [], () => {}), call: hostFunction([], [], call) })];
}

/** Tries again where a busy machine takes longer to load a guest than a short limit of its calls allows. */
function instantiateInTime(runtime: Runtime, guest: Uint8Array): Instance {
  for (;;) {
    try {
      return runtime.instantiate(guest);
    } catch (error) {
      if (!GuestTimeoutError.isInstance(error)) throw error;
    }
  }
}

/** Milliseconds that an action takes. */
function duration(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

const costly = [CostLimitError, 'ERR_COST_LIMIT', /raise limits\.cost/] as const;
const late = [
  GuestTimeoutError,
  'ERR_GUEST_TIMEOUT',
  /limits\.timeoutMs/,
  /raise the limit, or look for an endless loop/,
] as const;

forEngine('wasmedge', () => {
  it('stops a call that executes more than limits.cost, and counts each call anew', async () => {
    using runtime = await createRuntime({ limits: { cost: 100_000 }, hostModules: env() });
    const { exports } = runtime.instantiate(loops);
    const fits = () => exports.count?.(10_000);
    const fitsNot = () => exports.count?.(100_000);
    for (let round = 0; round < 30; round++) fits();
    expectThrows(fitsNot, ...costly, /100000 instructions/);
    fits();
    expectThrows(() => exports.forever?.(), ...costly);
    expectThrows(() => exports.foreverCalling?.(), ...costly);
    fits();
    expect(exports.one?.()).toBe(1);
  });

  it('finds the same exact cost again and again', async () => {
    const takes = async (cost: number) => {
      using runtime = await createRuntime({ limits: { cost }, hostModules: env() });
      const { exports } = runtime.instantiate(loops);
      try {
        exports.count?.(1000);
        return true;
      } catch (error) {
        expect(CostLimitError.isInstance(error)).toBe(true);
        return false;
      }
    };
    let least = 1;
    let most = 100_000;
    while (least < most) {
      const middle = Math.floor((least + most) / 2);
      if (await takes(middle)) most = middle;
      else least = middle + 1;
    }
    // A thousand rounds of local.get, i32.const, i32.sub, local.tee and br_if, and a little around them.
    expect(least).toBeGreaterThanOrEqual(5000);
    expect(least).toBeLessThanOrEqual(8000);
    expect([await takes(least), await takes(least - 1)]).toEqual([true, false]);
  });

  it('stops a start function, a command and endless recursion that cost too much', async () => {
    using runtime = await createRuntime({ limits: { cost: 1_000_000 }, hostModules: env() });
    expectThrows(() => runtime.instantiate(starting), ...costly);
    expectThrows(() => runtime.run(command), ...costly);
    const deep = runtime.instantiate(
      wat('(module (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1))))'),
    );
    expectThrows(() => deep.exports.deep?.(), ...costly);
    expect(runtime.instantiate(loops).exports.one?.()).toBe(1);
  });

  it.each(['forever', 'foreverCalling'])('stops %s at limits.timeoutMs, and goes on', async (name) => {
    using runtime = await createRuntime({ limits: { timeoutMs: 100 }, hostModules: env() });
    const { exports } = runtime.instantiate(loops);
    for (let round = 0; round < 2; round++) {
      const took = duration(() => expectThrows(() => exports[name]?.(), ...late, /100 ms/));
      expect(took).toBeGreaterThanOrEqual(95);
      expect(took).toBeLessThan(2000);
      expect(exports.one?.()).toBe(1);
      exports.count?.(10_000);
    }
  });

  it('stops a start function and a command at limits.timeoutMs', async () => {
    // Long enough for a busy machine to load the guest: loading counts, and would be refused otherwise.
    using runtime = await createRuntime({ limits: { timeoutMs: 500 }, hostModules: env() });
    expect(duration(() => expectThrows(() => runtime.instantiate(starting), ...late))).toBeLessThan(5000);
    expect(duration(() => expectThrows(() => runtime.run(command), ...late))).toBeLessThan(5000);
    expect(runtime.instantiate(loops).exports.one?.()).toBe(1);
  });

  it('never stops short calls, however many', async () => {
    using runtime = await createRuntime({ limits: { timeoutMs: 1000 }, hostModules: env() });
    const { exports } = runtime.instantiate(loops);
    for (let round = 0; round < 200; round++) {
      exports.count?.(100);
      expect(exports.one?.()).toBe(1);
    }
    // The time of a call begins anew with each call.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(exports.one?.()).toBe(1);
  });

  it('never stops a call that ends just in time, nor the one after it', async () => {
    const timeoutMs = 20;
    using runtime = await createRuntime({ limits: { timeoutMs }, hostModules: env() });
    const { exports } = instantiateInTime(runtime, loops);
    let [count, stopped] = [100_000, 0];
    for (let round = 0; round < 100; round++) {
      const began = performance.now();
      try {
        exports.count?.(Math.ceil(count));
        count *= 1.3;
      } catch (error) {
        expect(error).toSatisfy(GuestTimeoutError.isInstance);
        // One that was stopped for the call before it would not have had its own time; clocks are told in whole milliseconds.
        expect(performance.now() - began).toBeGreaterThan(timeoutMs - 2);
        // However fast this machine is at the moment, the next ones end about when their time does.
        count *= 0.8;
        stopped++;
      }
    }
    expect(stopped).toBeGreaterThan(0);
    expect(stopped).toBeLessThan(100);
    // A limit that was lowered for an ended call must not hit another runtime.
    using other = await createRuntime({ engine: 'wasmedge', hostModules: env() });
    other.instantiate(loops).exports.count?.(100_000);
  });

  it('keeps the time-outs of nested runtimes apart', async () => {
    let inner: Instance | undefined;
    const caught: unknown[] = [];
    const call = () => {
      try {
        inner?.exports.forever?.();
      } catch (error) {
        caught.push(error);
      }
    };
    using innerRuntime = await createRuntime({ limits: { timeoutMs: 50 }, hostModules: env() });
    inner = instantiateInTime(innerRuntime, loops);
    using outerRuntime = await createRuntime({ limits: { timeoutMs: 5000 }, hostModules: env(call) });
    const outer = outerRuntime.instantiate(loops);
    expect(outer.exports.callThenOne?.()).toBe(1);
    expectThrows(
      () => {
        throw caught[0];
      },
      ...late,
      /50 ms/,
    );
    // The other way round: the inner call ends in time, the outer does not.
    using shortRuntime = await createRuntime({
      limits: { timeoutMs: 100 },
      hostModules: env(() => expect(outer.exports.one?.()).toBe(1)),
    });
    const short = shortRuntime.instantiate(loops);
    expect(
      duration(() => expectThrows(() => short.exports.callThenForever?.(), ...late, /100 ms/)),
    ).toBeLessThan(2000);
    expect([inner.exports.one?.(), outer.exports.one?.(), short.exports.one?.()]).toEqual([1, 1, 1]);
  });

  it('counts the time of host functions, and stops the guest when they return', async () => {
    using runtime = await createRuntime({
      limits: { timeoutMs: 50 },
      hostModules: env(() => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120)),
    });
    const { exports } = runtime.instantiate(loops);
    expectThrows(() => exports.callThenForever?.(), ...late);
    expect(exports.one?.()).toBe(1);
  });

  it('ends a call that ends late in a host function, whatever that did with its time', async () => {
    let calls = 0;
    const compute = () => {
      calls++;
      for (const start = performance.now(); performance.now() - start < 150; );
    };
    using runtime = await createRuntime({ limits: { timeoutMs: 100 }, hostModules: env(compute) });
    const { exports } = runtime.instantiate(loops);
    // Nothing of the guest is left that the watchdog could stop.
    expectThrows(() => exports.callThenOne?.(), ...late, /100 ms/);
    expectThrows(() => exports.callTwice?.(), ...late);
    expect(calls).toBe(2);
    const starts = wat('(module (import "env" "call" (func $call)) (start $call))');
    expectThrows(() => runtime.instantiate(starts), ...late);
    const runs = wat('(module (import "env" "call" (func $call)) (func (export "_start") (call $call)))');
    expectThrows(() => runtime.run(runs), ...late);
    expect(exports.one?.()).toBe(1);
  });

  it('keeps one time for a whole run, and for a whole instantiation', async () => {
    const sleep = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    using runtime = await createRuntime({ limits: { timeoutMs: 450 }, hostModules: env(sleep) });
    // Each half takes less than the limit.
    const halves = (entry: string) =>
      wat(
        `(module (import "env" "call" (func $call)) (func (export "${entry}") (call $call)) (start $call))`,
      );
    expectThrows(() => runtime.run(halves('_start')), ...late);
    expectThrows(() => runtime.instantiate(halves('_initialize')), ...late);
    const half = runtime.instantiate(halves('half'));
    half.exports.half?.();
    half.exports.half?.();
  });

  it('gives what a host function waits for no more time than the call has', async () => {
    const moduleUrl = `data:text/javascript,${encodeURIComponent(`export const wait = (_, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', resolve));`)}`;
    const plugin = definePlugin({
      name: 'waiting',
      moduleNames: ['env'],
      create: (_, { blocking }) => {
        const nothing = hostFunction([], [], () => {});
        const call = hostFunction([], [], () => {
          try {
            blocking.call({ moduleUrl, exportName: 'wait' }, undefined);
          } catch {
            // A plug-in may answer the guest with a number of its own.
          }
        });
        return { modules: [hostModule('env', { nothing, call })] };
      },
    });
    using runtime = await createRuntime({ limits: { timeoutMs: 200 }, plugins: [plugin()] });
    const { exports } = runtime.instantiate(loops);
    expectThrows(() => exports.callThenOne?.(), ...late, /200 ms/);
    expect(exports.one?.()).toBe(1);
  });

  it('refuses a guest whose loading took longer, and begins nothing of it', async () => {
    const blocks = '(block)'.repeat(60_000);
    const slow = (start: string) =>
      wat(`(module (import "env" "call" (func $call))
        (func $start (call $call)) (func ${blocks}) (func ${blocks}) (func ${blocks}) ${start})`);
    let calls = 0;
    using runtime = await createRuntime({ limits: { timeoutMs: 5 }, hostModules: env(() => calls++) });
    for (const guest of [slow(''), slow('(start $start)')]) {
      expectThrows(
        () => runtime.instantiate(guest),
        GuestTimeoutError,
        'ERR_GUEST_TIMEOUT',
        /Loading the guest \(bytes\) took longer than the 5 ms of limits\.timeoutMs/,
      );
    }
    expect(calls).toBe(0);
  });

  it('a call that cannot begin leaves nothing begun', async () => {
    const logger = () => {};
    using runtime = await createRuntime({
      limits: { timeoutMs: 60_000, cost: 100_000 },
      logger,
      hostModules: env(),
    });
    const { exports } = runtime.instantiate(loops);
    const begin = vi.spyOn(Watchdog.prototype, 'arm').mockImplementation(() => {
      throw new Error('no ticket');
    });
    for (const call of [
      () => exports.one?.(),
      () => runtime.instantiate(loops),
      () => runtime.run(command),
    ]) {
      expect(call).toThrow('no ticket');
    }
    begin.mockRestore();
    // Were the depth raised, the next call would be taken for an inner one, and run without limits.
    expectThrows(() => exports.forever?.(), ...costly);
    runtime[Symbol.dispose]();
    expectThrows(() => exports.one?.(), DisposedError, 'ERR_DISPOSED');
  });

  it('frees a runtime that was disposed in a call, when something else fails at its end', async () => {
    const freed: string[] = [];
    const plugin = definePlugin({
      name: 'noting',
      moduleNames: ['env'],
      create: () => ({
        modules: [
          hostModule('env', {
            nothing: hostFunction([], [], () => {}),
            call: hostFunction([], [], () => runtime[Symbol.dispose]()),
          }),
        ],
        [Symbol.dispose]: () => void freed.push('plug-in'),
      }),
    });
    const runtime: Runtime = await createRuntime({ limits: { timeoutMs: 60_000 }, plugins: [plugin()] });
    const { exports } = runtime.instantiate(loops);
    const arm = vi.spyOn(Watchdog.prototype, 'arm').mockReturnValue({
      reason: undefined,
      disarm: () => {
        throw new Error('at the end of the call');
      },
    });
    expect(() => exports.callThenOne?.()).toThrow('at the end of the call');
    arm.mockRestore();
    expect(freed).toEqual(['plug-in']);
  });

  it('lets a runtime be disposed after a time-out, and by a host function of a guest that is stopped', async () => {
    const runtime = await createRuntime({
      limits: { timeoutMs: 30 },
      hostModules: env(() => runtime[Symbol.dispose]()),
    });
    const { exports } = runtime.instantiate(loops);
    expectThrows(() => exports.forever?.(), ...late);
    expectThrows(() => exports.callThenForever?.(), ...late);
    using next = await createRuntime({ limits: { timeoutMs: 30 }, hostModules: env() });
    expectThrows(() => next.instantiate(loops).exports.forever?.(), ...late);
  });

  it('tells a cost limit and a time-out of one runtime apart', async () => {
    using runtime = await createRuntime({ limits: { timeoutMs: 60_000, cost: 10_000 }, hostModules: env() });
    expectThrows(() => runtime.instantiate(loops).exports.forever?.(), ...costly);
    using other = await createRuntime({
      limits: { timeoutMs: 30, cost: Number.MAX_SAFE_INTEGER },
      hostModules: env(),
    });
    expectThrows(() => other.instantiate(loops).exports.forever?.(), ...late);
  });

  it('stops a guest in whose call the process grows by more than limits.growthBytes, not one whose memory grows', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge', limits: { growthBytes: 64 * 2 ** 20 } });
    const deep = runtime.instantiate(
      wat(
        '(module (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1))) (func (export "one") (result i32) i32.const 1))',
      ),
    );
    const error = expectThrows(
      () => deep.exports.deep?.(),
      GuestTrapError,
      'ERR_GUEST_TRAP',
      /67108864 bytes/,
      /endless recursion; raise limits\.growthBytes/,
    );
    expect(error.trap).toBe('stack exhausted');
    expect(deep.exports.one?.()).toBe(1);
    const filling = runtime.instantiate(
      wat(`(module (memory (export "memory") 1) (func (export "fill") (param i32)
        (drop (memory.grow (i32.const 1600)))
        (memory.fill (i32.const 0) (i32.const 1) (i32.const 100000000))
        (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`),
    );
    filling.exports.fill?.(1_000_000);
    expect(filling.memory?.readU8(99_999_999)).toBe(1);
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  }, 30_000);

  it.each([64, 4096])(
    'counts the growth of one call as a whole when a host function calls another runtime, which may grow by %i MiB',
    async (mebibytes) => {
      using inner = await createRuntime({
        engine: 'wasmedge',
        limits: { growthBytes: mebibytes * 2 ** 20 },
        hostModules: env(),
      });
      const { one } = inner.instantiate(loops, { exports: { one: signature([], ['i32']) } }).exports;
      using runtime = await createRuntime({
        engine: 'wasmedge',
        limits: { growthBytes: 64 * 2 ** 20 },
        hostModules: env(() => {
          one();
          // So that the watchdog looks between two calls of the other runtime.
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 110);
        }),
      });
      // Some 70 bytes for each of two million levels is twice the limit; what comes between two host calls is a quarter of it.
      const { exports } = runtime.instantiate(
        wat(`(module (import "env" "call" (func $call)) (func $deep (export "deep") (param i32)
        (if (i32.eqz (i32.rem_u (local.get 0) (i32.const 250000))) (then (call $call)))
        (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))))))`),
      );
      expectThrows(() => exports.deep?.(2_000_000), GuestTrapError, 'ERR_GUEST_TRAP', /67108864 bytes/);
      exports.deep?.(10_000);
    },
    30_000,
  );
});
