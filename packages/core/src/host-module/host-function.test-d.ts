import { describe, expectTypeOf, it } from 'vitest';
import { type Caller, type FunctionReference, hostFunction, hostModule, type ValueType } from '../index.js';

describe('hostFunction', () => {
  it('gives the parameters of a function the types of its signature', () => {
    hostFunction(['i32', 'i64', 'f32', 'f64', 'v128', 'funcref', 'externref'], [], (caller, ...args) => {
      expectTypeOf(caller).toEqualTypeOf<Caller>();
      expectTypeOf(args).toEqualTypeOf<
        [number, bigint, number, number, bigint, FunctionReference | null, unknown]
      >();
    });
  });

  it('takes a function whose result fits: nothing, a value, a tuple', () => {
    hostFunction([], [], () => {});
    hostFunction([], ['i64'], () => 1n);
    hostFunction(['i32'], ['i32', 'i64'], (_caller, value) => [value, 2n]);
    hostFunction(['i32'], ['i32', 'i64'], (_caller, value) => {
      if (value === 0) return [0, 0n];
      return [1, 1n];
    });
  });

  it('takes a function with fewer parameters', () => {
    hostFunction(['i32', 'i32'], ['i32'], () => 1);
  });

  it('refuses parameters of another type', () => {
    // @ts-expect-error an i64 is a bigint
    hostFunction(['i64'], [], (_caller: Caller, _value: number) => {});
    // @ts-expect-error an i32 is a number
    hostFunction(['i32'], [], (_caller: Caller, _value: string) => {});
    // @ts-expect-error the signature has one parameter
    hostFunction(['i32'], [], (_caller: Caller, _first: number, _second: number) => {});
    // @ts-expect-error the first parameter is the caller
    hostFunction(['i32'], [], (_value: number) => {});
  });

  it('refuses results of another type', () => {
    // @ts-expect-error an i32 is a number
    hostFunction([], ['i32'], () => 1n);
    // @ts-expect-error an i64 is a bigint
    hostFunction([], ['i64'], () => 1);
    // @ts-expect-error a result is missing
    hostFunction([], ['i32'], () => {});
    // @ts-expect-error one result is missing
    hostFunction([], ['i32', 'i64'], () => [1]);
    // @ts-expect-error one result is too many
    hostFunction([], ['i32', 'i64'], () => [1, 2n, 3]);
    // @ts-expect-error the order is wrong
    hostFunction([], ['i32', 'i64'], () => [2n, 1]);
    // @ts-expect-error an import cannot wait
    hostFunction([], ['i32'], async () => 1);
  });

  it('refuses a value type that WebAssembly does not have', () => {
    // @ts-expect-error there is no u32
    hostFunction(['u32'], [], () => {});
    // @ts-expect-error there is no string
    hostFunction([], ['string'], () => '');
  });

  it('takes signatures that are known at run time only, with unknown results', () => {
    const types: ValueType[] = ['i32'];
    hostFunction(types, types, (_caller, ...args) => {
      expectTypeOf(args).toEqualTypeOf<unknown[]>();
      return 1;
    });
  });

  it('keeps its signature, and fits into a module', () => {
    const add = hostFunction(['i32', 'i32'], ['i32'], (_caller, a, b) => a + b);
    expectTypeOf(add.params).toEqualTypeOf<readonly ['i32', 'i32']>();
    expectTypeOf(add.results).toEqualTypeOf<readonly ['i32']>();
    hostModule('env', { add });
    // @ts-expect-error a bare function has no signature
    hostModule('env', { add: (a: number, b: number) => a + b });
  });
});
