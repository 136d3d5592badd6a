import { expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, type GuestValue, InvalidArgumentError, UnsupportedByEngineError } from '../index.js';

const echo = wat(`(module
  (func (export "i32") (param i32) (result i32) local.get 0)
  (func (export "i64") (param i64) (result i64) local.get 0)
  (func (export "f32") (param f32) (result f32) local.get 0)
  (func (export "f64") (param f64) (result f64) local.get 0)
  (func (export "funcref") (param funcref) (result funcref) local.get 0)
  (func (export "externref") (param externref) (result externref) local.get 0)
  (func (export "two") (param i32 f64) (result f64) local.get 1)
  (func (export "none")))`);

const vector = wat('(module (func (export "v128") (param v128) (result v128) local.get 0))');

// What each type takes and what comes back, from the documentation of ValueOf and the core specification's value types.
const taken: Record<string, readonly (readonly [given: GuestValue, back: unknown])[]> = {
  i32: [
    [0, 0],
    [-(2 ** 31), -(2 ** 31)],
    [2 ** 31, -(2 ** 31)],
    [2 ** 32 - 1, -1],
    [-0, 0],
  ],
  i64: [
    [0n, 0n],
    [-(2n ** 63n), -(2n ** 63n)],
    [2n ** 63n, -(2n ** 63n)],
    [2n ** 64n - 1n, -1n],
  ],
  f32: [
    [1.5, 1.5],
    [0.1, Math.fround(0.1)],
    [1e300, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
    [-0, -0],
  ],
  f64: [
    [0.1, 0.1],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [Number.NaN, Number.NaN],
    [-0, -0],
  ],
  externref: [
    [null, null],
    ['text', 'text'],
    [0, 0],
    [Symbol.iterator, Symbol.iterator],
    [undefined, undefined],
  ],
  funcref: [[null, null]],
};

const refused: Record<string, readonly unknown[]> = {
  i32: [
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 32,
    -(2 ** 31) - 1,
    1n,
    '1',
    true,
    null,
    undefined,
    {},
    Symbol.iterator,
  ],
  i64: [1, 2n ** 64n, -(2n ** 63n) - 1n, '1', true, null, undefined, {}],
  f32: [1n, '1', true, null, undefined, {}],
  f64: [1n, '1', false, null, undefined, [], Symbol.iterator],
  funcref: [undefined, 0, 'f', {}, () => 1],
};

const expectation: Record<string, RegExp> = {
  i32: /an integer from -2147483648 to 4294967295/,
  i64: /a bigint from -2\^63 to 2\^64 - 1/,
  f32: /a number/,
  f64: /a number/,
  funcref:
    /null or a function that a guest of this runtime exports|to pass a host function, wrap it in a guest/,
};

forEachEngine((engine) => {
  it.each(Object.keys(taken))('takes every %s and returns it in its range', async (type) => {
    using runtime = await createRuntime({ engine });
    const { exports } = runtime.instantiate(echo);
    for (const [given, back] of taken[type] ?? []) {
      expect(exports[type]?.(given)).toBe(back);
    }
  });

  it.each(Object.keys(refused))('refuses what is no %s', async (type) => {
    using runtime = await createRuntime({ engine });
    const { exports } = runtime.instantiate(echo);
    for (const value of refused[type] ?? []) {
      expectThrows(
        () => exports[type]?.(value as GuestValue),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        expectation[type] as RegExp,
      );
    }
    const [given, back] = taken[type]?.[0] ?? [];
    expect(exports[type]?.(given)).toBe(back);
  });

  it('names the argument, the export and the type of a wrong argument, and shows no bulk data', async () => {
    using runtime = await createRuntime({ engine });
    const { exports } = runtime.instantiate(echo);
    expectThrows(
      () => exports.two?.(1, 'x'.repeat(100)),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /Argument 2 of the export "two" is f64/,
      /a string of 100 characters/,
    );
  });

  it('refuses too few and too many arguments', async () => {
    using runtime = await createRuntime({ engine });
    const { exports } = runtime.instantiate(echo);
    for (const [name, ...args] of [
      ['two'],
      ['two', 1],
      ['two', 1, 2, 3],
      ['none', 1],
      ['none', undefined],
    ] as const) {
      expectThrows(
        () => exports[name]?.(...(args as GuestValue[])),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        name === 'two'
          ? /"two" takes 2 arguments, not \d; its signature is \(i32 f64\) -> \(f64\)\.$/
          : /"none" takes no arguments, not \d; its signature is \(\) -> \(\)\.$/,
        new RegExp(`not ${args.length}`),
      );
    }
    expect(exports.two?.(1, 2)).toBe(2);
    expect(exports.none?.()).toBe(undefined);
  });

  it('passes its own functions as funcref and gives the same function back', async () => {
    using runtime = await createRuntime({ engine });
    const { exports } = runtime.instantiate(echo);
    expect(exports.funcref?.(exports.i64 as never)).toBe(exports.i64);
  });

  it('refuses a function of another runtime as funcref', async () => {
    using runtime = await createRuntime({ engine });
    using other = await createRuntime({ engine });
    const { exports } = runtime.instantiate(echo);
    const foreign = other.instantiate(echo).exports.i32;
    expectThrows(
      () => exports.funcref?.(foreign as never),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /this runtime/,
    );
    expect(exports.i32?.(1)).toBe(1);
  });
});

forEngine('v8', () => {
  it('refuses v128 in exports and names the engine that has it', async () => {
    using runtime = await createRuntime({ engine: 'v8' });
    const { exports } = runtime.instantiate(vector);
    expectThrows(
      () => exports.v128?.(1n),
      UnsupportedByEngineError,
      'ERR_UNSUPPORTED_BY_ENGINE',
      /engine: 'wasmedge'/,
    );
  });
});

forEngine('wasmedge', () => {
  it('passes v128 as an unsigned bigint of 128 bits and refuses anything else', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge' });
    const { exports } = runtime.instantiate(vector);
    for (const value of [0n, 2n ** 64n, 2n ** 128n - 1n, 0x0102030405060708090a0b0c0d0e0f10n]) {
      expect(exports.v128?.(value)).toBe(value);
    }
    for (const value of [-1n, 2n ** 128n, 1, null]) {
      expectThrows(
        () => exports.v128?.(value),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /0 to 2\^128 - 1/,
      );
    }
  });
});
