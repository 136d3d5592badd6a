import { describe, expectTypeOf, it } from 'vitest';
import {
  type Caller,
  type HostFunction,
  hostModule,
  implement,
  implementWithErrno,
  signature,
} from '../index.js';

const abi = {
  add: signature(['i32', 'i64'], ['i64']),
  log: signature(['i32', 'i32'], []),
} as const;

const numbers = { open: signature(['i32', 'i64'], ['i32']), close: signature(['i32'], ['i32']) } as const;

describe('implement', () => {
  it('types parameters and results by the table', () => {
    const functions = implement(
      abi,
      {
        add(caller, a, b) {
          expectTypeOf(caller).toEqualTypeOf<Caller>();
          expectTypeOf(a).toEqualTypeOf<number>();
          expectTypeOf(b).toEqualTypeOf<bigint>();
          return BigInt(a) + b;
        },
        log: (_caller, pointer, length) => expectTypeOf([pointer, length]).toEqualTypeOf<number[]>(),
      },
      { trace: { log: { hiddenArguments: [0] } } },
    );
    expectTypeOf(functions.add).toEqualTypeOf<HostFunction>();
    hostModule('env', functions);
    // @ts-expect-error there is no such function
    functions.subtract;
  });

  it('refuses what is missing, surplus or does not fit', () => {
    const add = (_caller: Caller, a: number, b: bigint) => BigInt(a) + b;
    const log = () => {};
    // @ts-expect-error log is missing
    implement(abi, { add });
    // @ts-expect-error the table has no subtract
    implement(abi, { add, log, subtract: add });
    // @ts-expect-error the result is a bigint
    implement(abi, { log, add: (_caller, a) => a });
    // @ts-expect-error the second parameter is a bigint
    implement(abi, { log, add: (_caller: Caller, a: number, b: number) => BigInt(a + b) });
    // @ts-expect-error an import cannot wait
    implement(abi, { log, add: async (_caller, _a, b) => b });
    // @ts-expect-error nor without results
    implement(abi, { add, log: async () => {} });
    // @ts-expect-error the table has no subtract
    implement(abi, { add, log }, { trace: { subtract: {} } });
  });

  it('takes functions that throw, where a rule says what guests get', () => {
    implementWithErrno(
      numbers,
      {
        open(_caller, id, flags) {
          expectTypeOf(id).toEqualTypeOf<number>();
          expectTypeOf(flags).toEqualTypeOf<bigint>();
        },
        close: () => {},
      },
      {
        errno: {
          errnoOf: (error, name) => (expectTypeOf([error, name]).toEqualTypeOf<unknown[]>() ? 28 : 29),
        },
      },
    );
    // @ts-expect-error only functions whose result is an error number can answer one
    implementWithErrno(abi, { add: () => {}, log: () => {} }, { errno: { errnoOf: () => 1 } });
    // @ts-expect-error without a rule, each returns a number
    implement(numbers, { open: () => {}, close: () => {} });
    const open = async () => {};
    // @ts-expect-error an import cannot wait
    implementWithErrno(numbers, { open, close: () => {} }, { errno: { errnoOf: () => 28 } });
    // @ts-expect-error close is missing
    implementWithErrno(numbers, { open: () => {} }, { errno: { errnoOf: () => 28 } });
  });
});
