import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, DisposedError, definePlugin, hostFunction, hostModule } from '../index.js';

const counts = '(import "count" "next" (func $next (result i32)))';
const counter = wat(`(module ${counts} (func (export "next") (result i32) call $next))`);
const command = wat(`(module ${counts} (func (export "_start") (drop (call $next))))`);
const trapping = wat(`(module ${counts} (func (export "_start") (drop (call $next)) unreachable))`);
const leaving = wat(`(module ${counts} (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1) (func (export "_start") (drop (call $next)) (call $exit (i32.const 3))))`);
const failingStart = wat(`(module ${counts} (func $start (drop (call $next)) unreachable) (start $start))`);
const failingInitialize = wat(
  `(module ${counts} (func (export "_initialize") (drop (call $next)) unreachable))`,
);
const throwing = wat(`(module ${counts} (import "host" "do" (func $do))
  (func (export "_start") (drop (call $next)) call $do (drop (call $next))))`);
const looping = wat(`(module ${counts} (func (export "_start") (drop (call $next)) (loop $on (br $on))))`);
const user = wat(
  `(module (import "owner" "next" (func $next (result i32))) (func (export "next") (result i32) call $next))`,
);
const passing = wat(`(module ${counts} (import "host" "take" (func $take (param funcref)))
  (func $own (export "next") (result i32) call $next) (elem declare func $own)
  (func (export "pass") (call $take (ref.func $own))))`);

forEachEngine((engine) => {
  async function counting(host: () => void = () => {}, timeoutMs?: number) {
    const alive = new Set<object>();
    let made = 0;
    const count = definePlugin({
      name: 'count',
      moduleNames: ['count'],
      create: (_options, { perInstance }) => {
        const of = perInstance(() => {
          made++;
          const state = { calls: 0, [Symbol.dispose]: () => expect(alive.delete(state)).toBe(true) };
          alive.add(state);
          return state;
        });
        const next = hostFunction([], ['i32'], (caller) => ++of(caller).calls);
        return {
          modules: [hostModule('count', { next })],
          // States end before what they were made of.
          [Symbol.dispose]: () => expect(alive.size).toBe(0),
        };
      },
    });
    const taken: unknown[] = [];
    const take = hostFunction(['funcref'], [], (_caller, reference) => {
      taken.push(reference);
    });
    const runtime = await createRuntime({
      engine,
      ...(timeoutMs !== undefined && { limits: { timeoutMs } }),
      plugins: [count()],
      hostModules: [hostModule('host', { do: hostFunction([], [], host), take })],
    });
    return {
      alive,
      runtime,
      made: () => made,
      [Symbol.dispose]: () => runtime[Symbol.dispose](),
    };
  }

  it('keeps a state for each instance, which ends with it', async () => {
    using here = await counting();
    const first = here.runtime.instantiate(counter);
    const second = here.runtime.instantiate(counter);
    const calls = [first, second, first, first].map(({ exports }) => exports.next?.());
    expect(calls).toEqual([1, 1, 2, 3]);
    first[Symbol.dispose]();
    expect(here.alive.size).toBe(1);
    expect(second.exports.next?.()).toBe(2);
    first[Symbol.dispose]();
    expect(here.alive.size).toBe(1);
    here.runtime[Symbol.dispose]();
    expect(here.alive.size).toBe(0);
  });

  it('ends the state of an instance however it ends', async () => {
    using here = await counting(() => {
      throw new Error('of the host');
    });
    const { runtime } = here;
    expect(runtime.run(command)).toBe(0);
    expect(runtime.run(leaving)).toBe(3);
    expect(() => runtime.run(trapping)).toThrow();
    expect(() => runtime.run(throwing)).toThrow('of the host');
    expect(() => runtime.instantiate(failingStart)).toThrow();
    expect(() => runtime.instantiate(failingInitialize)).toThrow();
    expect([here.made(), here.alive.size]).toEqual([6, 0]);
  });

  it.runIf(engine === 'wasmedge')('ends the state of an instance whose time is over', async () => {
    using here = await counting(undefined, 50);
    expect(() => here.runtime.run(looping)).toThrow(/50 ms/);
    expect([here.made(), here.alive.size]).toEqual([1, 0]);
  });

  it('keeps the state of an instance that is disposed in its own call until the call has returned', async () => {
    const running: Disposable[] = [];
    const seen: number[] = [];
    using here = await counting(() => {
      running.pop()?.[Symbol.dispose]();
      seen.push(here.alive.size);
    });
    const instance = here.runtime.instantiate(
      wat(`(module ${counts} (import "host" "do" (func $do))
        (func (export "f") (result i32) (drop (call $next)) call $do (call $next)))`),
    );
    running.push(instance);
    expect(instance.exports.f?.()).toBe(2);
    expect([seen, here.alive.size]).toEqual([[1], 0]);
  });

  it('gives the state of the guest that calls, not of the one that called that guest, and none after its end', async () => {
    using here = await counting();
    const owner = here.runtime.instantiate(counter, { name: 'owner' });
    const { exports } = here.runtime.instantiate(user);
    expect([owner.exports.next?.(), exports.next?.()]).toEqual([1, 2]);
    owner[Symbol.dispose]();
    expect(here.alive.size).toBe(0);
    for (let again = 0; again < 2; again++) {
      expectThrows(() => exports.next?.(), DisposedError, 'ERR_DISPOSED', /calling guest was disposed/);
    }
    expect([here.made(), here.alive.size]).toEqual([1, 0]);
  });

  it('ends states also where guests hold references to functions', async () => {
    using here = await counting();
    for (let run = 0; run < 3; run++) {
      using instance = here.runtime.instantiate(passing);
      instance.exports.pass?.();
      expect(instance.exports.next?.()).toBe(1);
    }
    expect([here.made(), here.alive.size]).toEqual([3, 0]);
  });

  it('gives no instance what one before it had, also where the engine uses an address again', async () => {
    using here = await counting();
    for (let run = 0; run < 100; run++) {
      const owner = here.runtime.instantiate(counter, { name: 'owner' });
      const importing = here.runtime.instantiate(user);
      expect(importing.exports.next?.()).toBe(1);
      // The importing guest keeps the other one in memory, and calls from it once more.
      owner[Symbol.dispose]();
      expect(() => importing.exports.next?.()).toThrow(DisposedError);
      importing[Symbol.dispose]();
    }
    expect([here.made(), here.alive.size]).toEqual([100, 0]);
  });

  it('ends every state, and tells the failure of one that cannot', async () => {
    let ended = 0;
    const broken = definePlugin({
      name: 'broken',
      moduleNames: ['count'],
      create: (_options, { perInstance }) => {
        const failing = perInstance(() => ({
          [Symbol.dispose]() {
            throw new Error('cannot end');
          },
        }));
        const other = perInstance(() => ({ [Symbol.dispose]: () => void ended++ }));
        const next = hostFunction([], ['i32'], (caller) => {
          other(caller);
          failing(caller);
          return 1;
        });
        return { modules: [hostModule('count', { next })] };
      },
    });
    using runtime = await createRuntime({ engine, plugins: [broken()] });
    expect(() => runtime.run(command)).toThrow('cannot end');
    expect(ended).toBe(1);
  });
});
