import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, DisposedError, hostFunction, hostModule, InvalidArgumentError } from '../index.js';
import { FactoryCache } from './factory-cache.js';

it('keeps the code of the 256 signatures that were asked for last', () => {
  const cache = new FactoryCache<number>();
  let made = 0;
  const get = (index: number) =>
    cache.get(
      { params: Array.from(index.toString(2), (bit) => (bit === '1' ? 'i32' : 'i64')), results: [] },
      () => ++made,
    );
  for (let index = 0; index < 10_000; index++) {
    get(index);
    get(0);
  }
  // The first was asked for again and again; of the others the last 255 are kept.
  expect(made).toBe(10_000);
  for (let index = 9_999; index > 9_999 - 255; index--) get(index);
  expect(made).toBe(10_000);
  get(9_999 - 255);
  expect(made).toBe(10_001);
});

forEachEngine((engine) => {
  const wide = wat(`(module
    (import "env" "fail" (func $fail))
    (memory (export "memory") 1)
    (func (export "sum") (param ${'i32 i64 f32 f64 '.repeat(10)}) (result i32 i64 f32 f64)
      (i32.add (local.get 0) (local.get 36)) (i64.add (local.get 1) (local.get 37))
      (f32.add (local.get 2) (local.get 38)) (f64.add (local.get 3) (local.get 39)))
    (func $self (export "pick") (param ${'externref '.repeat(20)} ${'funcref '.repeat(20)}) (result funcref externref)
      (local.get 39) (local.get 19))
    (func (export "one") (param ${'i32 '.repeat(40)}) (result i32) (local.get 39))
    (func (export "nothing") (param ${'i32 '.repeat(40)}))
    (func (export "fails") (param ${'i32 '.repeat(40)}) (call $fail)))`);
  const row = (sum: number) =>
    Array.from({ length: 40 }, (_, index) => (index % 4 === 1 ? BigInt(index) : index + sum));

  it('calls functions of more values than code is generated for', async () => {
    const failure = new Error('of the host');
    const fail = hostFunction([], [], () => {
      throw failure;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { fail })] });
    const instance = runtime.instantiate(wide);
    const { sum, pick, one, nothing, fails } = instance.exports as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    expect(sum?.(...row(0))).toEqual([36, 38n, 40, 42]);
    expect(sum?.(...row(0.5).map((value, index) => (index % 4 === 0 ? index : value)))).toEqual([
      36,
      38n,
      41,
      43,
    ]);
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    expect(one?.(...numbers)).toBe(39);
    expect(nothing?.(...numbers)).toBe(undefined);
    const object = {};
    expect(pick?.(...Array(19).fill(null), object, ...Array(19).fill(null), one)).toEqual([one, object]);
    expect(() => fails?.(...numbers)).toThrow(failure);
    expect(one?.(...numbers)).toBe(39);
    const wrong = [InvalidArgumentError, 'ERR_INVALID_ARGUMENT'] as const;
    expectThrows(
      () => one?.(1),
      ...wrong,
      /takes 40 arguments, not 1; its signature is \((\w{3} ){20}and 20 more\) -> \(/,
    );
    expectThrows(() => one?.(...numbers.slice(1), 1.5), ...wrong, /Argument 40 .* is i32/);
    instance[Symbol.dispose]();
    expectThrows(() => one?.(...numbers), DisposedError, 'ERR_DISPOSED');
  });

  it('calls every function of a guest that has more signatures than code is generated for', async () => {
    const count = 600;
    const types = Array.from({ length: count }, (_, index) =>
      Array.from(index.toString(2).padStart(10, '0'), (bit) => (bit === '1' ? 'i64' : 'i32')),
    );
    const functions = types.map(
      (params, index) =>
        `(func (export "f${index}") (param ${params.join(' ')}) (result i32) (i32.const ${index}))`,
    );
    using runtime = await createRuntime({ engine });
    const { exports } = runtime.instantiate(wat(`(module ${functions.join('\n')})`));
    const call = (index: number) =>
      (exports[`f${index}`] as (...args: unknown[]) => unknown)(
        ...(types[index] ?? []).map((type) => (type === 'i64' ? 1n : 1)),
      );
    expect(types.map((_, index) => call(index))).toEqual(types.map((_, index) => index));
    expectThrows(
      () => (exports.f599 as (...args: unknown[]) => unknown)(...Array(10).fill(1)),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
    );
  });
});
