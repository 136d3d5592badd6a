import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import * as core from '../index.js';
import { GuestCrashError, GuestTrapError, WasmEdgePluginsError } from '../index.js';
import { encodeError, rebuildError } from './encoded-error.js';

/** As an error arrives in another thread, or in another process. */
const ways: Record<string, (thrown: unknown) => unknown> = {
  thread: (thrown) => rebuildError(structuredClone(encodeError(thrown))),
  process: (thrown) => rebuildError(deserialize(serialize(encodeError(thrown)))),
};

/** A class as each package of plug-ins has them; it is not known where errors are put together. */
class OtherPackageError extends WasmEdgePluginsError {
  override readonly code = 'ERR_OTHER_PACKAGE';

  static override isInstance(value: unknown): value is OtherPackageError {
    return WasmEdgePluginsError.isInstance(value) && value.code === 'ERR_OTHER_PACKAGE';
  }
}

class OwnError extends RangeError {
  override name = 'OwnError';
  constructor(
    message: string,
    readonly size: number,
  ) {
    super(message);
  }
}

type ErrorClass = new (message: string, details?: unknown) => WasmEdgePluginsError;
const ownClasses = Object.entries(core as Record<string, unknown>).flatMap(([name, value]) =>
  typeof value === 'function' && value.prototype instanceof WasmEdgePluginsError
    ? [[name, value as ErrorClass] as const]
    : [],
);

describe.each(Object.keys(ways))('an error from another %s', (way) => {
  const cross = ways[way] as (typeof ways)[string];

  it('is of its class, for every class that is exported', () => {
    expect(ownClasses.length).toBeGreaterThan(25);
    for (const [name, ErrorClass] of ownClasses) {
      const error = new ErrorClass('wrong', { places: [] });
      const crossed = cross(error) as WasmEdgePluginsError;
      expect(crossed, name).toBeInstanceOf(ErrorClass);
      expect(Object.getPrototypeOf(crossed), name).toBe(ErrorClass.prototype);
      expect({ ...crossed, name: crossed.name, message: crossed.message }, name).toEqual({
        ...error,
        name: error.name,
        message: error.message,
      });
      const others = ownClasses.filter(([, Other]) => crossed instanceof Other);
      expect(others.map(([other]) => other)).toEqual([name]);
    }
  });

  it('keeps its own properties, its stack and the chain of its causes', () => {
    const root = new TypeError('root');
    const middle = new GuestTrapError('middle', 'unreachable', { cause: root });
    const error = new GuestCrashError('top', {
      signal: 'SIGSEGV',
      running: { hostCall: 'env.f' },
      cause: middle,
    });
    const crossed = cross(error) as GuestCrashError;
    expect(crossed).toMatchObject({
      code: 'ERR_GUEST_CRASH',
      signal: 'SIGSEGV',
      running: { hostCall: 'env.f' },
    });
    expect(crossed.stack).toBe(error.stack);
    const cause = crossed.cause as GuestTrapError;
    expect(cause).toBeInstanceOf(GuestTrapError);
    expect(cause.trap).toBe('unreachable');
    expect(cause.cause).toBeInstanceOf(TypeError);
    expect(Object.keys(crossed)).not.toContain('cause');
  });

  it('is of a class of the language, of WebAssembly or of the platform', () => {
    const made = [
      new URIError('x'),
      new AggregateError([new SyntaxError('y')], 'x'),
      new WebAssembly.CompileError('x'),
      new DOMException('x', 'AbortError'),
    ];
    for (const error of made) {
      const crossed = cross(error) as Error;
      expect(Object.getPrototypeOf(crossed)).toBe(Object.getPrototypeOf(error));
      expect([crossed.name, crossed.message]).toEqual([error.name, error.message]);
    }
    expect((cross(made[1]) as AggregateError).errors[0]).toBeInstanceOf(SyntaxError);
  });

  it('is recognised by the class of a package that is not known where it arrives', () => {
    const crossed = cross(new OtherPackageError('other'));
    expect(crossed).toBeInstanceOf(OtherPackageError);
    expect(crossed).toBeInstanceOf(WasmEdgePluginsError);
    expect(crossed).not.toBeInstanceOf(GuestTrapError);
  });

  it('is of the nearest class above that is known, with the name of its own', () => {
    const crossed = cross(Object.assign(new OwnError('big', 12), { code: 'E_BIG' })) as OwnError;
    expect(crossed).toBeInstanceOf(RangeError);
    expect(crossed).toMatchObject({ name: 'OwnError', message: 'big', size: 12, code: 'E_BIG' });
  });

  it('crosses whatever was thrown, as far as it can', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(cross(loop)).toMatchObject({ message: 'loop', cause: { message: 'loop' } });
    expect(cross({ plain: [1] })).toEqual({ plain: [1] });
    expect(cross(undefined)).toBe(undefined);
    expect(cross(() => 1)).toBe('() => 1');
    const hostile = new Proxy(new Error('x'), {
      get() {
        throw new Error('no');
      },
    });
    expect(typeof cross(hostile)).toBe('string');
    // Cloned between threads, and not between processes: left out in both.
    const shared = Object.assign(new Error('x'), { kept: 1, memory: new SharedArrayBuffer(8) });
    expect({ ...(cross(shared) as object) }).toEqual({ kept: 1 });
  });
});

it('leaves the instanceof of classes below these as it is', () => {
  class Below extends GuestTrapError {}
  expect(new Below('x', 'other')).toBeInstanceOf(Below);
  expect(new Below('x', 'other')).toBeInstanceOf(GuestTrapError);
  expect(new GuestTrapError('x', 'other')).not.toBeInstanceOf(Below);
});
