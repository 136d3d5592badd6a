import { expect, it } from 'vitest';
import { adder, forEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  CostLimitError,
  createRuntime,
  GuestTimeoutError,
  GuestTrapError,
  hostFunction,
  hostModule,
  type Instance,
} from '../index.js';

const loops = wat(`(module
  (import "env" "nothing" (func $nothing))
  (import "env" "call" (func $call))
  (func (export "count") (param i32)
    (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "forever") (loop (br 0)))
  (func (export "foreverCalling") (loop (call $nothing) (br 0)))
  (func (export "callThenForever") (call $call) (loop (br 0)))
  (func (export "callThenOne") (result i32) (call $call) (i32.const 1))
  (func (export "one") (result i32) i32.const 1))`);

const command = wat('(module (func (export "_start") (loop (br 0))))');
const starting = wat('(module (func $start (loop (br 0))) (start $start))');

function env(call: () => void = () => {}) {
  return [hostModule('env', { nothing: hostFunction([], [], () => {}), call: hostFunction([], [], call) })];
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
  /raise the limit or find the loop/,
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
    using runtime = await createRuntime({ limits: { timeoutMs: 50 }, hostModules: env() });
    expect(duration(() => expectThrows(() => runtime.instantiate(starting), ...late))).toBeLessThan(2000);
    expect(duration(() => expectThrows(() => runtime.run(command), ...late))).toBeLessThan(2000);
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
    using runtime = await createRuntime({ limits: { timeoutMs: 2 }, hostModules: env() });
    const { exports } = runtime.instantiate(loops);
    let stopped = 0;
    for (let round = 0; round < 300; round++) {
      try {
        exports.count?.(round * 100);
      } catch (error) {
        expect(GuestTimeoutError.isInstance(error)).toBe(true);
        stopped++;
      }
    }
    expect(stopped).toBeLessThan(300);
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
    inner = innerRuntime.instantiate(loops);
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
});
