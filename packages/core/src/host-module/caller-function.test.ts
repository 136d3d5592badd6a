import { describe, expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  CannotCrossError,
  createRuntime,
  type HostFunction,
  hostFunction,
  hostModule,
  InvalidArgumentError,
  UnsupportedByPlacementError,
} from '../index.js';

const guest = await wat(`(module
  (import "env" "work" (func $work (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "call") (param i32) (result i32) (call $work (local.get 0))))`);

forEachEngine((engine) => {
  const make = (work: HostFunction) => createRuntime({ engine, hostModules: [hostModule('env', { work })] });

  it('runs a function that answers at once in its own thread too', async () => {
    const instances = new Set<object>();
    const work = hostFunction(
      ['i32'],
      ['i32'],
      (caller, value) => {
        instances.add(caller.instance);
        expect([caller.hasMemory, caller.signal.aborted]).toEqual([true, false]);
        void caller.memory.writeU32(8, value);
        return value + 1;
      },
      { on: 'caller' },
    );
    using runtime = await make(work);
    const instance = runtime.instantiate(guest);
    expect([instance.exports.call?.(3), instance.exports.call?.(4)]).toEqual([4, 5]);
    expect(instance.memory?.readU32(8)).toBe(4);
    expect(instances.size).toBe(1);
  });

  it('refuses one that does not', async () => {
    const slow = hostFunction(['i32'], ['i32'], async () => 1, { on: 'caller' });
    await expectRejects(
      make(slow),
      UnsupportedByPlacementError,
      'ERR_UNSUPPORTED_BY_PLACEMENT',
      /env\.work is asynchronous, .* placement 'worker' or 'process'/,
    );
    const hidden = hostFunction(['i32'], ['i32'], () => Promise.reject(new Error('nobody looks')), {
      on: 'caller',
    });
    using runtime = await make(hidden);
    const instance = runtime.instantiate(guest);
    expectThrows(
      () => instance.exports.call?.(0),
      UnsupportedByPlacementError,
      'ERR_UNSUPPORTED_BY_PLACEMENT',
      /env\.work is asynchronous, .* placement 'worker' or 'process'/,
    );
  });
});

describe('what cannot be', () => {
  it('another place is refused', () => {
    expectThrows(
      () => hostFunction([], [], () => {}, { on: 'guest' as 'caller' }),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /on of hostFunction\(\) must be 'caller', not "guest"/,
    );
  });

  it.each([
    ['a reference', hostFunction(['externref'], [], () => {}, { on: 'caller' }), /env\.work uses externref/],
    [
      'a function that is not to stay',
      hostFunction([], [], () => {}),
      /env cannot be created again .* function work .* on: 'caller'/,
    ],
  ])('%s does not go to a member', async (_what, work, message) => {
    const options = { placement: 'worker', hostModules: [hostModule('env', { work })] } as const;
    await expectRejects(createRuntime(options), CannotCrossError, 'ERR_CANNOT_CROSS', message);
  });

  it('a plug-in has no function that stays', async () => {
    const work = hostFunction([], [], () => {}, { on: 'caller' });
    const plugin = {
      name: 'sum',
      provider: 'embedded',
      moduleNames: ['env'],
      create: () => ({ modules: [hostModule('env', { work })] }),
    } as const;
    await expectRejects(
      createRuntime({ plugins: [plugin] }),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /env\.work of the plug-in sum/,
    );
  });
});
