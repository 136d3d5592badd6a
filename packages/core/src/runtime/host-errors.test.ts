import { expect, it } from 'vitest';
import { adder, forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows, thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  GuestTrapError,
  HostFunctionResultError,
  hostFunction,
  hostModule,
  type Instance,
  InvalidArgumentError,
  NoMemoryError,
  type ValueType,
} from '../index.js';

const caller = (results: string) =>
  wat(
    `(module (import "env" "call" (func $call (result ${results}))) (func (export "call") (result ${results}) call $call))`,
  );

forEachEngine((engine) => {
  it.each([
    ['an Error', new Error('boom')],
    ['a TypeError', new TypeError('boom')],
    ['a RangeError about memory', new RangeError('memory')],
    ['an error of WebAssembly', new WebAssembly.RuntimeError('unreachable')],
    ['an Error with a cause', new Error('boom', { cause: 'spark' })],
    ['a frozen object', Object.freeze({ reason: 'boom' })],
    ['a string', 'boom'],
    ['a number', 0],
    ['a symbol', Symbol.iterator],
    ['null', null],
    ['undefined', undefined],
    ['a function', () => {}],
  ])('hands %s that a host function throws to the caller as it was thrown', async (_name, thrown) => {
    let failing = true;
    const call = hostFunction([], ['i32'], () => {
      if (failing) throw thrown;
      return 7;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const { exports } = runtime.instantiate(caller('i32'));
    expect(thrownBy(() => exports.call?.())).toBe(thrown);
    failing = false;
    expect(exports.call?.()).toBe(7);
  });

  it('stops the guest where a host function throws', async () => {
    let calls = 0;
    const call = hostFunction([], [], () => {
      calls++;
      throw new Error('boom');
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "call" (func $call)) (global (export "after") (mut i32) (i32.const 0))
        (func (export "run") call $call (global.set 0 (i32.const 1)) call $call))`),
    );
    expect(thrownBy(() => guest.exports.run?.())).toMatchObject({ message: 'boom' });
    expect([calls, guest.exportedGlobal('after').get()]).toEqual([1, 0]);
  });

  it('hands an error from the start function, _initialize and _start to the caller as it was thrown', async () => {
    const boom = new Error('boom');
    const call = hostFunction([], [], () => {
      throw boom;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const start = wat('(module (import "env" "call" (func $call)) (start $call))');
    expect(thrownBy(() => runtime.instantiate(start))).toBe(boom);
    const initialize = wat(
      '(module (import "env" "call" (func $call)) (func (export "_initialize") call $call))',
    );
    expect(thrownBy(() => runtime.instantiate(initialize))).toBe(boom);
    const command = wat('(module (import "env" "call" (func $call)) (func (export "_start") call $call))');
    expect(thrownBy(() => runtime.run(command))).toBe(boom);
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });

  it('hands an error through host, guest, host and guest', async () => {
    const boom = new Error('boom');
    let guest: Instance | undefined;
    const seen: unknown[] = [];
    const down = hostFunction(['i32'], ['i32'], (_caller, depth) => {
      if (depth === 0) throw boom;
      try {
        return guest?.exports.down?.(depth - 1) as number;
      } catch (error) {
        seen.push(error);
        throw error;
      }
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { down })] });
    guest = runtime.instantiate(
      wat(
        '(module (import "env" "down" (func $down (param i32) (result i32))) (func (export "down") (param i32) (result i32) local.get 0 call $down))',
      ),
    );
    expect(thrownBy(() => guest?.exports.down?.(3))).toBe(boom);
    expect(seen).toEqual([boom, boom, boom]);
  });

  it('lets a host function catch what an inner guest call throws, and go on', async () => {
    let guest: Instance | undefined;
    const caught: unknown[] = [];
    const boom = new Error('boom');
    const attempt = hostFunction(['i32'], ['i32'], (_caller, which) => {
      try {
        guest?.exports[which === 0 ? 'trap' : 'throw']?.();
        return 0;
      } catch (error) {
        caught.push(error);
        return 1;
      }
    });
    const fail = hostFunction([], [], () => {
      throw boom;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { attempt, fail })] });
    guest = runtime.instantiate(
      wat(`(module (import "env" "attempt" (func $attempt (param i32) (result i32))) (import "env" "fail" (func $fail))
        (func (export "run") (result i32)
          (i32.add (call $attempt (i32.const 0)) (call $attempt (i32.const 1))))
        (func (export "runThenTrap") (drop (call $attempt (i32.const 1))) unreachable)
        (func (export "trap") unreachable)
        (func (export "throw") call $fail))`),
    );
    expect(guest.exports.run?.()).toBe(2);
    expect(caught[0]).toBeInstanceOf(GuestTrapError);
    expect(caught[1]).toBe(boom);
    // The error that was caught must not take the place of a later trap.
    const error = expectThrows(() => guest?.exports.runThenTrap?.(), GuestTrapError, 'ERR_GUEST_TRAP');
    expect(error.trap).toBe('unreachable');
  });

  it('tells of an error of its own that a host function throws after it caught another', async () => {
    let guest: Instance | undefined;
    const attempt = hostFunction([], [], () => {
      try {
        guest?.exports.trap?.();
      } catch (cause) {
        throw new Error('the inner guest failed', { cause });
      }
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { attempt })] });
    guest = runtime.instantiate(
      wat(
        '(module (import "env" "attempt" (func $attempt)) (func (export "run") call $attempt) (func (export "trap") unreachable))',
      ),
    );
    const error = thrownBy(() => guest?.exports.run?.());
    expect(error).toMatchObject({ message: 'the inner guest failed', cause: { code: 'ERR_GUEST_TRAP' } });
  });

  it('tells of wrong arguments that a host function gives to a guest as they are told at the top', async () => {
    let guest: Instance | undefined;
    const attempt = hostFunction([], [], () => {
      guest?.exports.take?.('x');
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { attempt })] });
    guest = runtime.instantiate(
      wat(
        '(module (import "env" "attempt" (func $attempt)) (func (export "run") call $attempt) (func (export "take") (param i32)))',
      ),
    );
    expectThrows(() => guest?.exports.run?.(), InvalidArgumentError, 'ERR_INVALID_ARGUMENT', /"take"/);
  });

  it('ends endless recursion between host and guest with an error, and goes on', async () => {
    let guest: Instance | undefined;
    const again = hostFunction([], [], () => {
      guest?.exports.again?.();
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { again })] });
    guest = runtime.instantiate(
      wat(
        '(module (import "env" "again" (func $again)) (func (export "again") call $again) (func (export "two") (result i32) i32.const 2))',
      ),
    );
    const error = thrownBy(() => guest?.exports.again?.());
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(/stack|recursion|call/i);
    expect(guest.exports.two?.()).toBe(2);
  });

  const wrong: readonly (readonly [results: ValueType[], value: unknown, said: RegExp])[] = [
    [['i32'], undefined, /i32, an integer .*not undefined/],
    [['i32'], Promise.resolve(1), /not a Promise; an async function needs on: 'caller'/],
    [['i32'], Number.NaN, /not NaN/],
    [['i32'], 2 ** 32, /not 4294967296/],
    [['i32'], -(2 ** 31) - 1, /not -2147483649/],
    [['i32'], 0.5, /not 0.5/],
    [['i32'], '1', /not "1"/],
    [['i32'], true, /not true/],
    [['i32'], 1n, /not 1n/],
    [['i32'], null, /not null/],
    [['i32'], [1], /not an array/],
    [['i64'], 1, /a bigint .*not 1/],
    [['i64'], 2n ** 64n, /not 18446744073709551616n/],
    [['f32'], 1n, /a number, not 1n/],
    [['f64'], undefined, /a number, not undefined/],
    [['f64'], {}, /not an object/],
    [['funcref'], 5, /function/],
    [['funcref'], () => {}, /function/],
    [['i32', 'i64'], 1, /an array of 2 values \(i32, i64\)/],
    [['i32', 'i64'], [1], /an array of 2 values/],
    [['i32', 'i64'], [1, 2n, 3], /an array of 2 values/],
    [['i32', 'i64'], [1, 2], /i64/],
    [['i32', 'i64'], [1n, 2n], /i32/],
    [['i32', 'i64'], { 0: 1, 1: 2n, length: 2 }, /an array of 2 values/],
    [['i32', 'i64'], undefined, /an array of 2 values/],
    [[], Promise.resolve(), /must return nothing, not a Promise/],
  ];
  it.each(wrong)(
    'refuses the result (%s) of a host function that returns %o',
    async (results, value, said) => {
      const call = hostFunction([], results, () => value as never);
      using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
      const { exports } = runtime.instantiate(caller(results.join(' ')));
      const error = thrownBy(() => exports.call?.());
      // A function that no guest exports is refused where it is turned into a reference.
      const kind =
        results[0] === 'funcref' && typeof value === 'function'
          ? InvalidArgumentError
          : HostFunctionResultError;
      expectThrows(
        () => {
          throw error;
        },
        kind as typeof HostFunctionResultError,
        kind === InvalidArgumentError ? 'ERR_INVALID_ARGUMENT' : 'ERR_HOST_FUNCTION_RESULT',
        said,
      );
      expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
    },
  );

  it.each([1, null, 'text', {}])(
    'ignores what a host function without results returns, like %o',
    async (value) => {
      const call = hostFunction([], [], () => value);
      using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
      expect(runtime.instantiate(caller('')).exports.call?.()).toBe(undefined);
    },
  );

  it('refuses a result without an own way to print', async () => {
    const call = hostFunction([], ['i32'], () => Object.create(null) as never);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const { exports } = runtime.instantiate(caller('i32'));
    expectThrows(
      () => exports.call?.(),
      HostFunctionResultError,
      'ERR_HOST_FUNCTION_RESULT',
      /without prototype/,
    );
  });

  it('tells a guest without memory that a host function needs one', async () => {
    const answers: unknown[] = [];
    const read = hostFunction(['i32'], ['i32'], (caller, pointer) => caller.memory.readU8(pointer));
    const ask = hostFunction([], ['i32'], (caller) => Number(caller.hasMemory));
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { read, ask })] });
    const imports =
      '(import "env" "read" (func $read (param i32) (result i32))) (import "env" "ask" (func $ask (result i32)))';
    const body =
      '(func (export "read") (result i32) i32.const 3 call $read) (func (export "ask") (result i32) call $ask)';
    const without = runtime.instantiate(wat(`(module ${imports} ${body})`));
    expect(without.memory).toBe(undefined);
    expectThrows(() => without.exports.read?.(), NoMemoryError, 'ERR_NO_MEMORY', /memory/, /needs one/);
    answers.push(without.exports.ask?.());
    const having = runtime.instantiate(
      wat(`(module ${imports} (memory (export "memory") 1) (data (i32.const 3) "*") ${body})`),
    );
    answers.push(having.exports.ask?.(), having.exports.read?.());
    expect(answers).toEqual([0, 1, 42]);
  });
});
