import { describe, expect, it, onTestFinished } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, GuestTimeoutError, GuestTrapError, InvalidArgumentError } from '../index.js';

const guest = await wat(`(module
  (func (export "trap") unreachable)
  (func (export "loop") (loop br 0)))`);

const thrower = `data:text/javascript,
  export function fails(runtime, options) {
    function deepInTheMember() {
      throw Object.assign(new RangeError('out there', { cause: new TypeError('deeper') }), options);
    }
    deepInTheMember();
  }
  export async function refuses(runtime) {
    runtime.run({});
  }`;

describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
  async function make() {
    const runtime = await createRuntime({ placement });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    return runtime;
  }

  it('throws errors of their class, with their properties and causes', async () => {
    const runtime = await make();
    const task = { module: thrower, export: 'fails' };
    const error: Error = await runtime.perform(task, [{ code: 'E_THERE', size: 3 }]).then(
      () => new Error('returned'),
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ code: 'E_THERE', size: 3 });
    expect(error.cause).toBeInstanceOf(TypeError);
    await expect(runtime.perform({ module: thrower, export: 'refuses' }, [])).rejects.toThrow(
      InvalidArgumentError,
    );
  });

  it('has both stacks: of where it was thrown, and of where the call was made', async () => {
    const runtime = await make();
    const instance = await runtime.instantiate(guest);
    async function callFromHere(call: () => Promise<unknown> | undefined): Promise<Error> {
      try {
        await call();
      } catch (error) {
        return error as Error;
      }
      throw new Error('It returned.');
    }
    const thrown = await callFromHere(() => runtime.perform({ module: thrower, export: 'fails' }, [{}]));
    expect(thrown.stack).toMatch(/deepInTheMember.*--- called from ---.*callFromHere/s);
    const trapped = await callFromHere(() => instance.exports.trap?.());
    expect(trapped).toBeInstanceOf(GuestTrapError);
    expect(trapped.stack).toMatch(/GuestTrapError.*--- called from ---.*callFromHere/s);
    const looping = await callFromHere(() =>
      runtime.perform({ module: loops, export: 'loops' }, [], { timeoutMs: 50 }),
    );
    expect(looping).toBeInstanceOf(GuestTimeoutError);
    expect(looping.stack).toMatch(/--- called from ---.*callFromHere/s);
    expect(looping.stack?.split('--- called from ---')).toHaveLength(2);
  });
});

const loops = 'data:text/javascript,export function loops() { for (;;); }';
