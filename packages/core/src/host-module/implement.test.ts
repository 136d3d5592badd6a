import { describe, expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  HostFunctionResultError,
  hostModule,
  InvalidArgumentError,
  implement,
  implementWithErrno,
  NoMemoryError,
  signature,
  type TraceEvent,
} from '../index.js';

const abi = {
  divide: signature(['i32', 'i32'], ['i32']),
  touch: signature(['i32'], ['i32']),
} as const;

const guest = (memory: string) =>
  wat(`(module (import "m" "divide" (func $divide (param i32 i32) (result i32)))
    (import "m" "touch" (func $touch (param i32) (result i32))) ${memory}
    (func (export "divide") (param i32 i32) (result i32) (call $divide (local.get 0) (local.get 1)))
    (func (export "touch") (param i32) (result i32) (call $touch (local.get 0))))`);
const withMemory = guest('(memory (export "memory") 1)');
const withoutMemory = guest('');

/** Functions that throw; the guest gets 28 for a RangeError, and what else is thrown passes through. */
const throwing = (needsMemory: boolean) =>
  hostModule(
    'm',
    implementWithErrno(
      abi,
      {
        divide(_caller, _a, b) {
          if (b === 0) throw new RangeError('division by zero');
          if (b < 0) throw new TypeError('negative');
        },
        touch: (_caller, value) => expect(value).toBe(5),
      },
      {
        trace: { touch: { hiddenArguments: [0] } },
        errno: {
          success: 7,
          errnoOf(error, name) {
            if (!(error instanceof RangeError)) throw error;
            return name === 'divide' ? 28 : 29;
          },
          errnoName: (errno) => (errno === 28 ? 'inval' : undefined),
          needsMemory,
        },
      },
    ),
  );

describe('implement', () => {
  forEachEngine((engine) => {
    it('calls the functions with what the guest gave, and gives their results', async () => {
      const divide = implement(abi, {
        divide: (_caller, a, b) => Math.trunc(a / b),
        touch: ({ memory }, pointer) => memory.read(pointer, 1).length,
      });
      using runtime = await createRuntime({ engine, hostModules: [hostModule('m', divide)] });
      const { exports } = runtime.instantiate(withMemory);
      expect([exports.divide?.(-7, 2), exports.touch?.(3)]).toEqual([-3, 1]);
    });

    it('makes numbers of what is thrown, by the rule, and lets the rest pass', async () => {
      using runtime = await createRuntime({ engine, hostModules: [throwing(false)] });
      const { exports } = runtime.instantiate(withMemory);
      expect([exports.divide?.(1, 1), exports.divide?.(1, 0)]).toEqual([7, 28]);
      expect(() => exports.divide?.(1, -1)).toThrow(TypeError);
    });

    it('does not tell a guest of success before a function has ended', async () => {
      const asynchronous = { divide: async () => {}, touch: () => {} };
      const m = hostModule(
        'm',
        implementWithErrno(abi, asynchronous as never, { errno: { errnoOf: () => 1 } }),
      );
      using runtime = await createRuntime({ engine, hostModules: [m] });
      expectThrows(
        () => runtime.instantiate(withMemory).exports.divide?.(1, 1),
        HostFunctionResultError,
        'ERR_HOST_FUNCTION_RESULT',
        /"divide" must return nothing, .* an async function needs on: 'caller'/,
      );
    });

    it('stops a guest without memory before the function, where the rule asks for one', async () => {
      using strict = await createRuntime({ engine, hostModules: [throwing(true)] });
      const { exports } = strict.instantiate(withoutMemory);
      expectThrows(() => exports.divide?.(1, 0), NoMemoryError, 'ERR_NO_MEMORY', /./);
      using lax = await createRuntime({ engine, hostModules: [throwing(false)] });
      expect(lax.instantiate(withoutMemory).exports.divide?.(1, 0)).toBe(28);
    });

    it('names results in traces, and hides the arguments that the hints name', async () => {
      const events: TraceEvent[] = [];
      using runtime = await createRuntime({
        engine,
        hostModules: [throwing(false)],
        trace: (event) => events.push(event),
      });
      const { exports } = runtime.instantiate(withMemory);
      exports.divide?.(1, 0);
      exports.touch?.(5);
      expect(events).toMatchObject([
        { function: 'divide', arguments: [1, 0], result: 28, resultName: 'inval' },
        { function: 'touch', arguments: [undefined], result: 7, resultName: undefined },
      ]);
    });
  });

  it('refuses at run time too what is missing or surplus', () => {
    const touch = () => 0;
    const loose = implement as (...args: unknown[]) => unknown;
    const refused = (action: () => unknown, pattern: RegExp) =>
      expectThrows(action, InvalidArgumentError, 'ERR_INVALID_ARGUMENT', pattern);
    refused(() => loose(abi, { touch }), /lacks the function divide/);
    refused(() => loose(abi, { touch, divide: touch, add: touch }), /given add, .* it has: divide, touch/);
    refused(() => loose(abi, { touch, divide: touch }, { trace: { add: {} } }), /given add/);
    refused(() => loose(abi, { touch, divide: touch }, { traces: {} }), /no option traces/);
    const answering = implementWithErrno as (...args: unknown[]) => unknown;
    const errno = { errnoOf: () => 1 };
    refused(() => answering(abi, { touch }, { errno }), /implementWithErrno\(\) lacks the function divide/);
    refused(() => answering(abi, { touch, divide: touch }, {}), /errno, must be an object/);
    refused(
      () => answering(abi, { touch, divide: touch }, { errno: { ...errno, name: 1 } }),
      /no option name/,
    );
    refused(() => loose(abi, { touch, divide: 5 }), /divide must be a function, not 5/);
    refused(() => loose(abi, null), /needs an object of functions, not null/);
    refused(() => loose(null, {}), /needs a table of signatures/);
    refused(() => loose({ touch: 5 }, { touch }), /table of signatures .* that of touch is not one/);
    refused(() => answering(abi, { touch, divide: touch }, { errno: {} }), /errnoOf must be a function/);
  });
});
