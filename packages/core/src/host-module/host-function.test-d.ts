import { describe, expectTypeOf, it } from 'vitest';
import {
  type Caller,
  type FunctionReference,
  hostFunction,
  hostModule,
  type ValueType,
  type WaitingCaller,
} from '../index.js';

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
    // @ts-expect-error nor can one without results
    hostFunction([], [], async () => {});
    // @ts-expect-error nor one that says how it is traced
    hostFunction([], [], async () => {}, { hiddenArguments: [] });
    hostFunction([], [], () => {});
    // What is returned where no result is wanted is left, as always in TypeScript.
    hostFunction([], [], () => [1].push(2));
  });

  it('takes a promise of a result from a function that stays with the caller', () => {
    hostFunction(
      ['i32', 'i64'],
      ['i32'],
      async (caller, pointer, length) => {
        expectTypeOf(caller).toEqualTypeOf<WaitingCaller>();
        expectTypeOf(pointer).toEqualTypeOf<number>();
        const bytes = await caller.memory.read(pointer, length);
        expectTypeOf(bytes).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
        expectTypeOf(await caller.memory.readU64(0)).toEqualTypeOf<bigint>();
        await caller.memory.write(pointer, bytes);
        return bytes.length;
      },
      { on: 'caller' },
    );
    hostFunction([], ['i64'], () => 1n, { on: 'caller' });
    hostFunction([], [], async () => {}, { on: 'caller', hiddenArguments: [] });
    hostFunction([], ['i32', 'i64'], async () => [1, 2n], { on: 'caller' });
    // @ts-expect-error an i32 is a number
    hostFunction([], ['i32'], async () => 1n, { on: 'caller' });
    // @ts-expect-error only 'caller' may wait
    hostFunction([], ['i32'], async () => 1, {});
    // @ts-expect-error there is no such place
    hostFunction([], ['i32'], () => 1, { on: 'guest' });
  });

  it('does not take what memory promises for what it holds', () => {
    // @ts-expect-error what is read must be awaited
    hostFunction(['i32'], ['i32'], ({ memory }, at) => memory.read(at, 1).length, { on: 'caller' });
    // @ts-expect-error a promise has no bytes
    hostFunction(['i32'], ['i32'], async ({ memory }, at) => memory.read(at, 1)[0], { on: 'caller' });
    // @ts-expect-error views do not cross
    hostFunction(['i32'], ['i32'], async ({ memory }, at) => memory.bytes(at, 1).length, { on: 'caller' });
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
