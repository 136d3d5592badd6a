import { expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  ExportMismatchError,
  type FunctionReference,
  GuestTrapError,
  hostFunction,
  hostModule,
  InvalidArgumentError,
  UnsupportedByEngineError,
} from '../index.js';

forEachEngine((engine) => {
  it('passes every number type to the host and back, in order', async () => {
    const seen: unknown[] = [];
    const swap = hostFunction(
      ['i32', 'i64', 'f32', 'f64'],
      ['f64', 'f32', 'i64', 'i32'],
      (_caller, a, b, c, d) => {
        seen.push(a, b, c, d);
        return [d, c, b, a];
      },
    );
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { swap })] });
    const { exports } = runtime.instantiate(
      wat(`(module (import "env" "swap" (func $swap (param i32 i64 f32 f64) (result f64 f32 i64 i32)))
        (func (export "swap") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
          (call $swap (local.get 0) (local.get 1) (local.get 2) (local.get 3))))`),
    );
    expect(exports.swap?.(0xffffffff, 2n ** 64n - 1n, 0.1, 0.1)).toEqual([0.1, Math.fround(0.1), -1n, -1]);
    expect(seen).toEqual([-1, -1n, Math.fround(0.1), 0.1]);
  });

  it.each([
    ['i32', [0, -1, 2 ** 31 - 1, -(2 ** 31)], [0xffffffff, 2 ** 31], [-1, -(2 ** 31)]],
    ['i64', [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)], [2n ** 64n - 1n, 2n ** 63n], [-1n, -(2n ** 63n)]],
    [
      'f32',
      [0, -0, 1.5, Number.NaN, Number.NEGATIVE_INFINITY],
      [0.1, 1e300],
      [Math.fround(0.1), Number.POSITIVE_INFINITY],
    ],
    ['f64', [0, -0, 0.1, Number.NaN, Number.MIN_VALUE, Number.MAX_VALUE], [], []],
  ] as const)('returns %s from the host as the guest sees it', async (type, same, given, back) => {
    let answer: unknown;
    const call = hostFunction([], [type], () => answer as never);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const { exports } = runtime.instantiate(
      wat(
        `(module (import "env" "call" (func $call (result ${type}))) (func (export "call") (result ${type}) call $call))`,
      ),
    );
    const answers = [...same, ...given].map((value) => {
      answer = value;
      return exports.call?.();
    });
    expect(answers).toEqual([...same, ...back]);
  });

  it('passes many parameters and results', async () => {
    const count = 40;
    const list = (type: string) => Array.from({ length: count }, () => type).join(' ');
    const types = Array.from({ length: count }, () => 'i64' as const);
    const reverse = hostFunction(types, types, (_caller, ...values) => values.reverse());
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { reverse })] });
    const { exports } = runtime.instantiate(
      wat(`(module (import "env" "reverse" (func $reverse (param ${list('i64')}) (result ${list('i64')})))
        (func (export "reverse") (param ${list('i64')}) (result ${list('i64')})
          ${Array.from({ length: count }, (_, index) => `local.get ${index}`).join(' ')} call $reverse))`),
    );
    const values = Array.from({ length: count }, (_, index) => BigInt(index));
    expect(exports.reverse?.(...values)).toEqual(values.toReversed());
  });

  it('passes external references through the guest unchanged', async () => {
    const seen: unknown[] = [];
    const call = hostFunction(['externref'], ['externref'], (_caller, value) => {
      seen.push(value);
      return value;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "call" (func $call (param externref) (result externref)))
        (table (export "table") 2 externref)
        (global (export "global") (mut externref) (ref.null extern))
        (func (export "isNull") (param externref) (result i32) (ref.is_null (local.get 0)))
        (func (export "call") (param externref) (result externref)
          (table.set 0 (i32.const 1) (local.get 0))
          (global.set 0 (local.get 0))
          (call $call (table.get 0 (i32.const 1)))))`),
    );
    const values = [{ a: 1 }, 'text', 5, Number.NaN, 0n, undefined, null, Symbol.iterator, () => 1, false];
    for (const value of values) {
      expect(guest.exports.call?.(value)).toBe(value);
      expect(guest.exportedTable('table').get(1)).toBe(value);
      expect(guest.exportedGlobal('global').get()).toBe(value);
      expect(guest.exports.isNull?.(value)).toBe(value === null ? 1 : 0);
    }
    expect(seen).toEqual(values);
    guest.exportedTable('table').set(0, 'set');
    expect(guest.exportedTable('table').get(0)).toBe('set');
    guest.exportedGlobal('global').set(guest);
    expect(guest.exportedGlobal('global').get()).toBe(guest);
  });

  it('hands functions of guests to the host, which can call and return them', async () => {
    const seen: FunctionReference[] = [];
    const call = hostFunction(['funcref'], ['funcref'], (_caller, value) => {
      seen.push(value as FunctionReference);
      return value;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "call" (func $call (param funcref) (result funcref)))
        (type $add (func (param i32 i32) (result i32)))
        (table (export "table") 3 funcref)
        (func $add (export "add") (type $add) (i32.add (local.get 0) (local.get 1)))
        (func $hidden (type $add) (i32.mul (local.get 0) (local.get 1)))
        (func $trap unreachable)
        (elem declare func $add $hidden $trap)
        (func (export "hidden") (result funcref) (ref.func $hidden))
        (func (export "trap") (result funcref) (ref.func $trap))
        (func (export "run") (param i32 i32) (result i32)
          (table.set 0 (i32.const 0) (call $call (ref.func $add)))
          (call_indirect (type $add) (local.get 0) (local.get 1) (i32.const 0)))
        (func (export "null") (result i32) (ref.is_null (call $call (ref.null func)))))`),
    );
    expect(guest.exports.run?.(20, 22)).toBe(42);
    expect(seen[0]).toBe(guest.exports.add);
    expect([guest.exports.null?.(), seen[1]]).toEqual([1, null]);
    const hidden = guest.exports.hidden?.() as (...args: number[]) => number;
    expect([hidden(6, 7), guest.exports.hidden?.()]).toEqual([42, hidden]);
    const trap = guest.exports.trap?.() as () => void;
    expect(expectThrows(trap, GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe('unreachable');
    const table = guest.exportedTable('table');
    table.set(1, hidden);
    expect([table.get(0), table.get(1), table.get(2)]).toEqual([guest.exports.add, hidden, null]);
    expect(table.grow(2)).toBe(3);
    expect([table.length, table.get(4), table.grow(-1), table.grow(0.5), table.grow(2 ** 33)]).toEqual([
      5,
      null,
      -1,
      -1,
      -1,
    ]);
    table.set(0, null);
    expect(table.get(0)).toBe(null);
    for (const index of [-1, 5, 0.5, Number.NaN, 2 ** 32]) {
      expectThrows(
        () => table.get(index),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /"table" has 5 elements/,
      );
      expectThrows(() => table.set(index, null), InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
    }
    for (const value of [() => 1, 5, undefined, {}]) {
      expectThrows(() => table.set(0, value), InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
    }
  });

  it('lets two guests export one host function', async () => {
    const seven = hostFunction([], ['i32'], () => 7);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { seven })] });
    const source = wat(
      '(module (import "env" "seven" (func $seven (result i32))) (table (export "table") 1 funcref) (export "seven" (func $seven)))',
    );
    const first = runtime.instantiate(source);
    const second = runtime.instantiate(source);
    expect([first.exports.seven?.(), second.exports.seven?.()]).toEqual([7, 7]);
    for (const guest of [first, second]) {
      guest.exportedTable('table').set(0, guest.exports.seven);
    }
    first[Symbol.dispose]();
    expect((second.exportedTable('table').get(0) as () => number)()).toBe(7);
    second.exportedTable('table').set(0, second.exports.seven);
    expect(second.exports.seven?.()).toBe(7);
  });

  it('reads and sets exported globals of every number type', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(
      wat(`(module
        (global (export "i32") (mut i32) (i32.const -1)) (global (export "i64") (mut i64) (i64.const -1))
        (global (export "f32") (mut f32) (f32.const 1.5)) (global (export "f64") (mut f64) (f64.const 0.1))
        (global (export "fixed") i32 (i32.const 5)))`),
    );
    const given = { i32: 0xffffffff, i64: 2n ** 63n, f32: 0.1, f64: -0 };
    const back = { i32: -1, i64: -(2n ** 63n), f32: Math.fround(0.1), f64: -0 };
    const start = { i32: -1, i64: -1n, f32: 1.5, f64: 0.1 };
    for (const type of ['i32', 'i64', 'f32', 'f64'] as const) {
      const global = guest.exportedGlobal(type);
      expect([global.type, global.mutable, global.get()]).toEqual([type, true, start[type]]);
      global.set(given[type]);
      expect(global.get()).toBe(back[type]);
      for (const wrong of [type === 'i64' ? 1 : 1n, '1', null, undefined, {}, Symbol.iterator]) {
        expectThrows(
          () => global.set(wrong),
          InvalidArgumentError,
          'ERR_INVALID_ARGUMENT',
          new RegExp(`"${type}" is ${type}`),
        );
      }
      expect(global.get()).toBe(back[type]);
    }
    expectThrows(() => guest.exportedGlobal('i32').set(0.5), InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
    const count: bigint = guest.exportedGlobal('i64', 'i64').get();
    expect(count).toBe(back.i64);
    expectThrows(
      () => guest.exportedGlobal('i64', 'i32'),
      ExportMismatchError,
      'ERR_EXPORT_MISMATCH',
      /exports the global "i64" as i64, but i32 was declared/,
    );
    expectThrows(
      () => guest.exportedGlobal('i64', 'u64' as 'i64'),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /'i32', not "u64"/,
    );
    const fixed = guest.exportedGlobal('fixed');
    expect([fixed.mutable, fixed.get()]).toEqual([false, 5]);
    expectThrows(() => fixed.set(6), InvalidArgumentError, 'ERR_INVALID_ARGUMENT', /immutable/);
  });
});

const vectors = wat(`(module (import "env" "call" (func $call (param v128 i32) (result i32 v128)))
  (global (export "global") (mut v128) (v128.const i64x2 1 2))
  (func (export "call") (param v128) (result i32 v128) (call $call (local.get 0) (i32.const 3))))`);
const call = hostFunction(['v128', 'i32'], ['i32', 'v128'], (_caller, vector, number) => [
  number,
  vector + 1n,
]);

forEngine('wasmedge', () => {
  it('passes v128 as an unsigned bigint, the first lane lowest', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge', hostModules: [hostModule('env', { call })] });
    const guest = runtime.instantiate(vectors);
    const global = guest.exportedGlobal('global');
    expect(global.get()).toBe((2n << 64n) | 1n);
    global.set(2n ** 128n - 1n);
    expect(global.get()).toBe(2n ** 128n - 1n);
    expectThrows(() => global.set(2n ** 128n), InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
    expectThrows(() => global.set(-1n), InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
    expect(guest.exports.call?.(2n ** 64n - 1n)).toEqual([3, 2n ** 64n]);
  });
});

forEngine('v8', () => {
  it('refuses v128 in imports and globals with an error that names the other engine', async () => {
    using runtime = await createRuntime({ engine: 'v8', hostModules: [hostModule('env', { call })] });
    const unsupported = [
      UnsupportedByEngineError,
      'ERR_UNSUPPORTED_BY_ENGINE',
      /engine: 'wasmedge'/,
    ] as const;
    expectThrows(() => runtime.instantiate(vectors), ...unsupported);
    const global = runtime
      .instantiate(wat('(module (global (export "global") (mut v128) (v128.const i64x2 1 2)))'))
      .exportedGlobal('global');
    expectThrows(() => global.get(), ...unsupported);
    expectThrows(() => global.set(1n), ...unsupported);
  });
});
