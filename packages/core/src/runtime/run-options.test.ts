import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectThrows, thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  GuestAbortError,
  GuestTimeoutError,
  hostFunction,
  hostModule,
  InvalidArgumentError,
  type RunOptions,
  type RuntimeOptions,
  UnsupportedByEngineError,
} from '../index.js';

const folder = mkdtempSync(path.join(tmpdir(), 'run-options-'));
afterAll(() => rmSync(folder, { recursive: true }));

const wasi = (name: string, type: string) =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`;
const helpers = `
  ${wasi('args_sizes_get', '(param i32 i32) (result i32)')}
  ${wasi('args_get', '(param i32 i32) (result i32)')}
  ${wasi('environ_sizes_get', '(param i32 i32) (result i32)')}
  ${wasi('environ_get', '(param i32 i32) (result i32)')}
  ${wasi('fd_read', '(param i32 i32 i32 i32) (result i32)')}
  ${wasi('fd_write', '(param i32 i32 i32 i32) (result i32)')}
  ${wasi('fd_close', '(param i32) (result i32)')}
  ${wasi('path_create_directory', '(param i32 i32 i32) (result i32)')}
  (import "env" "call" (func $call (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "made")
  (func $print (param $to i32) (param $pointer i32) (param $length i32)
    (i32.store (i32.const 200) (local.get $pointer)) (i32.store (i32.const 204) (local.get $length))
    (drop (call $fd_write (local.get $to) (i32.const 200) (i32.const 1) (i32.const 208))))
  (func $copy
    (i32.store (i32.const 200) (i32.const 8192)) (i32.store (i32.const 204) (i32.const 4))
    (i32.store (i32.const 208) (i32.const 0))
    (drop (call $fd_read (i32.const 0) (i32.const 200) (i32.const 1) (i32.const 208)))
    (call $print (i32.const 1) (i32.const 8192) (i32.load (i32.const 208))))
  (func $lists
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 1024) (i32.const 2048)))
    (call $print (i32.const 1) (i32.const 2048) (i32.load (i32.const 4)))
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $environ_get (i32.const 1024) (i32.const 4096)))
    (call $print (i32.const 1) (i32.const 4096) (i32.load (i32.const 4))))`;

// Writes its arguments, its environment and four bytes of its input, makes the folder "made" in its first folder, and writes four bytes more.
// In between it calls the host, with 1 and 2.
const command = wat(`(module ${helpers}
  (func (export "_start")
    (call $lists)
    (call $copy)
    (call $call (i32.const 1))
    (drop (call $path_create_directory (i32.const 3) (i32.const 16) (i32.const 4)))
    (call $copy)
    (call $call (i32.const 2))
    (call $print (i32.const 2) (i32.const 16) (i32.const 4))))`);

const library = wat(`(module ${helpers}
  (func (export "copy") (call $copy))
  (func (export "lists") (call $lists))
  (func (export "close") (param i32) (drop (call $fd_close (local.get 0))))
  (func (export "call") (param i32) (call $call (local.get 0))))`);

const loops = wat(`(module (import "env" "call" (func $call (param i32)))
  (func (export "_start") (loop (br 0)))
  (func (export "forever") (loop (br 0))))`);

const calls = wat(`(module (import "env" "call" (func $call (param i32)))
  (func (export "_start") (call $call (i32.const 1)) (call $call (i32.const 2)))
  (func (export "inner") (param i32) (call $call (local.get 0))))`);

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString().replaceAll('\0', ';');
}

/** A runtime whose host function `call` can be changed. */
async function withCall(options: RuntimeOptions) {
  const host: { call: (argument: number) => void } = { call: () => {} };
  const call = hostFunction(['i32'], [], (_caller, argument) => host.call(argument));
  const runtime = await createRuntime({ ...options, hostModules: [hostModule('env', { call })] });
  return { runtime, host, [Symbol.dispose]: () => runtime[Symbol.dispose]() };
}

const streams = { stdin: 'ignore', stdout: 'capture', stderr: 'capture' } as const;

forEachEngine((engine) => {
  describe('the world of one call', () => {
    it('is what the call names, and otherwise the runtime’s', async () => {
      const own = { args: ['a'], programName: 'p', env: { A: '1' }, ...streams, stdin: '12345678' };
      using with_ = await withCall({ engine, wasi: own });
      const { runtime } = with_;
      const output = (options?: RunOptions) => {
        expect(runtime.run(command, options)).toBe(0);
        return text(runtime.stdout);
      };
      expect(output()).toBe('p;a;A=1;12345678');
      expect(output({})).toBe('p;a;A=1;12345678');
      expect(output({ args: ['b', 'c'] })).toBe('p;b;c;A=1;12345678');
      expect(output({ programName: 'q', env: { B: '2' } })).toBe('q;a;B=2;12345678');
      expect(output({ stdin: 'abcdef' })).toBe('p;a;A=1;abcdef');
      expect(output({ args: [], env: {}, stdin: 'ignore', stdout: undefined })).toBe('p;');
      expect(text(runtime.stderr)).toBe('made');
      expect(output({ stdout: 'ignore' })).toBe('');
      expect(output()).toBe('p;a;A=1;12345678');
    });

    it('has folders of its own, which are open only as long as it runs', async () => {
      using with_ = await withCall({ engine, wasi: streams });
      const before = openDescriptors();
      const inner = mkdtempSync(path.join(folder, 'inner-'));
      with_.runtime.run(command);
      with_.runtime.run(command, { preopens: { '/': inner } });
      expect(existsSync(path.join(inner, 'made'))).toBe(true);
      expect(existsSync(path.join(folder, 'made'))).toBe(false);
      expect(openDescriptors()).toBe(before);
    });

    it('captures where the runtime does not', async () => {
      using with_ = await withCall({ engine, wasi: { stdout: 'ignore', stderr: 'ignore' } });
      with_.runtime.run(command, { args: ['x'], stdin: 'ignore', stdout: 'capture' });
      expect(text(with_.runtime.stdout)).toBe('guest;x;');
    });

    it('keeps as many bytes as it may, and tells the guest that there is no more room', async () => {
      using with_ = await withCall({ engine, wasi: { ...streams, maxOutputBytes: 8 } });
      const { runtime } = with_;
      runtime.run(command, { args: ['0123456789'] });
      expect(text(runtime.stdout)).toBe('guest;01');
      runtime.run(command, { args: ['0123456789'], maxOutputBytes: 12 });
      expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['guest;012345', 'made']);
      runtime.run(command, { maxOutputBytes: 0 });
      expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['', '']);
    });

    it('leaves that of the libraries alone', async () => {
      using with_ = await withCall({ engine, wasi: { ...streams, stdin: '12345678' } });
      const { exports } = with_.runtime.instantiate(library);
      exports.copy?.();
      expect(text(with_.runtime.stdout)).toBe('1234');
      with_.runtime.run(command, { stdin: 'abcdefgh', args: ['x'] });
      exports.copy?.();
      exports.lists?.();
      expect(text(with_.runtime.stdout)).toBe('guest;x;abcdefgh5678guest;');
    });

    it('is back when a host function has run another guest meanwhile', async () => {
      using with_ = await withCall({ engine, wasi: streams });
      const { runtime, host } = with_;
      const seen: string[] = [];
      host.call = (argument) => {
        if (argument !== 1) return;
        host.call = () => {};
        runtime.run(command, { args: ['inner'], stdin: 'ABCDEFGH' });
        seen.push(text(runtime.stdout), text(runtime.stderr));
      };
      runtime.run(command, { args: ['outer'], stdin: 'abcdefgh' });
      seen.push(text(runtime.stdout), text(runtime.stderr));
      expect(seen).toEqual(['guest;inner;ABCDEFGH', 'made', 'guest;outer;abcdefgh', 'made']);
    });

    it('is back when that guest failed, and a library of that time sees the running one', async () => {
      using with_ = await withCall({ engine, wasi: { ...streams, stdin: 'LIBRARY' } });
      const { runtime, host } = with_;
      host.call = (argument) => {
        if (argument !== 1) return;
        host.call = () => {
          throw new Error('inner');
        };
        expect(() => runtime.run(command, { stdin: 'ABCDEFGH' })).toThrow('inner');
        host.call = () => {};
        runtime.instantiate(library).exports.copy?.();
      };
      runtime.run(command, { stdin: 'abcdefghijkl' });
      expect(text(runtime.stdout)).toBe('guest;abcdefghijkl');
      runtime.instantiate(library).exports.copy?.();
      expect(text(runtime.stdout)).toBe('guest;abcdefghijklLIBR');
    });
  });

  describe('options of a call', () => {
    const wrong: [string, unknown, RegExp][] = [
      ['not an object', 'x', /^The options of run\(\) must be an object/],
      ['misspelt', { arg: [] }, /^run\(\) has no option arg\. Did you mean args\?/],
      ['args', { args: 'x' }, /^run\(\{ args \}\) must be an array of strings/],
      ['an argument', { args: ['a', 1] }, /^run\(\{ args \}\)\[1\] must be a string/],
      ['a zero in an argument', { args: ['a\0'] }, /^run\(\{ args \}\)\[0\] must be/],
      ['a program name', { programName: 1 }, /^run\(\{ programName \}\)/],
      ['env', { env: null }, /^run\(\{ env \}\) must be an object of strings/],
      ['a variable', { env: { A: 1 } }, /^run\(\{ env \}\)\.A must be a string/],
      ['preopens', { preopens: ['.'] }, /^run\(\{ preopens \}\) must be/],
      [
        'a missing folder',
        { preopens: { '/': '/nothing/here' } },
        /^run\(\{ preopens \}\)\["\/"\].*create it/,
      ],
      ['stdin', { stdin: 1 }, /^run\(\{ stdin \}\) must be/],
      ['stdin without read', { stdin: { available: () => 1 } }, /^run\(\{ stdin \}\) must be/],
      [
        'a stream',
        { stdin: process.stdin },
        /^run\(\{ stdin \}\) is a stream.*placement 'worker' or 'process'/,
      ],
      ['stdout', { stdout: 'file' }, /^run\(\{ stdout \}\) must be/],
      ['a writable stream', { stderr: process.stderr }, /^run\(\{ stderr \}\) is a stream/],
      [
        'maxOutputBytes',
        { maxOutputBytes: 0.5 },
        /^run\(\{ maxOutputBytes \}\) must be a whole number.*0\.5/,
      ],
      ['timeoutMs', { timeoutMs: 0 }, /timeoutMs of run\(\) must be an integer from 1 to 2147483647/],
      ['signal', { signal: { aborted: true } }, /signal of run\(\) must be an AbortSignal/],
    ];

    it.each(wrong)('wrong: %s', async (_what, options, message) => {
      using runtime = await createRuntime({ engine });
      expectThrows(
        () => runtime.run('/nothing/here.wasm', options as RunOptions),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        message,
      );
    });
  });

  describe('a signal', () => {
    const reason = new Error('the reason');
    const expectAbort = (action: () => unknown) => {
      const error = thrownBy(action);
      expect(GuestAbortError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ name: 'AbortError', code: 'ERR_GUEST_ABORT', cause: reason });
    };

    it('that is aborted refuses before anything is done', async () => {
      using with_ = await withCall({ engine });
      const signal = AbortSignal.abort(reason);
      expectAbort(() => with_.runtime.run('/nothing/here.wasm', { signal }));
    });

    it('that a host function aborts ends the guest when that returns', async () => {
      using with_ = await withCall({ engine });
      const controller = new AbortController();
      const seen: number[] = [];
      with_.host.call = (argument) => {
        seen.push(argument);
        controller.abort(reason);
      };
      expectAbort(() => with_.runtime.run(calls, { signal: controller.signal }));
      expect(seen).toEqual([1]);
      with_.host.call = (argument) => seen.push(argument);
      expect(with_.runtime.run(calls, { signal: new AbortController().signal })).toBe(0);
      expect(seen).toEqual([1, 1, 2]);
    });

    it('ends every level, also where a host function catches it', async () => {
      using with_ = await withCall({ engine });
      const { runtime, host } = with_;
      const controller = new AbortController();
      const inner = runtime.instantiate(calls).exports.inner as (level: number) => void;
      const seen: string[] = [];
      host.call = (level) => {
        seen.push(`in ${level}`);
        if (level === 3) controller.abort(reason);
        else if (level < 3) {
          try {
            inner(level + 1);
          } catch (error) {
            seen.push(`${level} ${(error as Error).name}`);
          }
        }
      };
      expectAbort(() => runtime.run(calls, { signal: controller.signal }));
      expect(seen).toEqual(['in 1', 'in 2', 'in 3', '2 AbortError', '1 AbortError']);
    });

    it('of an inner call ends that one alone, one of the outer call both', async () => {
      using with_ = await withCall({ engine });
      const { runtime, host } = with_;
      const levels = async (which: 'outer' | 'inner') => {
        const controllers = { outer: new AbortController(), inner: new AbortController() };
        const seen: string[] = [];
        const name = (act: () => unknown) => {
          try {
            return `${act()}`;
          } catch (error) {
            return (error as Error).name;
          }
        };
        let isInside = false;
        host.call = () => {
          if (isInside) controllers[which].abort(reason);
          else {
            isInside = true;
            seen.push(`inner ${name(() => runtime.run(calls, { signal: controllers.inner.signal }))}`);
            host.call = () => {};
          }
        };
        seen.push(`outer ${name(() => runtime.run(calls, { signal: controllers.outer.signal }))}`);
        return seen;
      };
      expect(await levels('inner')).toEqual(['inner AbortError', 'outer 0']);
      expect(await levels('outer')).toEqual(['inner AbortError', 'outer AbortError']);
    });
  });
});

forEngine('v8', () => {
  it('refuses a time limit of one call when it is made', async () => {
    using runtime = await createRuntime();
    expectThrows(
      () => runtime.run('/nothing/here.wasm', { timeoutMs: 100 }),
      UnsupportedByEngineError,
      'ERR_UNSUPPORTED_BY_ENGINE',
      /run\(\{ timeoutMs \}\).*placement 'worker' or 'process'/,
    );
  });
});

forEngine('wasmedge', () => {
  const engine = 'wasmedge';
  const late = (option: RegExp) => [GuestTimeoutError, 'ERR_GUEST_TIMEOUT', option] as const;
  const limitOfCall = /the 50 ms of run\(\{ timeoutMs \}\)/;

  it.each([
    ['without a limit of the runtime', { growthBytes: Number.POSITIVE_INFINITY }, 50, limitOfCall],
    ['below that of the runtime', { timeoutMs: 60_000 }, 50, limitOfCall],
    ['above that of the runtime', { timeoutMs: 50 }, 60_000, /the 50 ms of limits\.timeoutMs/],
  ] as const)('ends a call that runs too long: %s', async (_what, limits, timeoutMs, option) => {
    using with_ = await withCall({ engine, limits });
    const { runtime } = with_;
    expectThrows(() => runtime.run(loops, { timeoutMs }), ...late(option));
    // The next call has no such limit.
    with_.host.call = () => sleep(60);
    if (limits !== undefined && !('timeoutMs' in limits && limits.timeoutMs === 50)) {
      expect(runtime.run(calls)).toBe(0);
    }
    with_.host.call = () => {};
    expect(runtime.run(calls, { timeoutMs: 60_000 })).toBe(0);
  });

  it('counts what host functions take', async () => {
    using with_ = await withCall({ engine });
    with_.host.call = () => sleep(60);
    expectThrows(() => with_.runtime.run(calls, { timeoutMs: 50 }), ...late(limitOfCall));
  });

  it('of an inner call ends that one alone', async () => {
    using with_ = await withCall({ engine });
    const { runtime, host } = with_;
    host.call = (argument) => {
      if (argument === 1) expectThrows(() => runtime.run(loops, { timeoutMs: 50 }), ...late(limitOfCall));
    };
    expect(runtime.run(calls)).toBe(0);
    expect(runtime.run(calls, { timeoutMs: 60_000 })).toBe(0);
    using limited = await withCall({ engine, limits: { timeoutMs: 60_000 } });
    limited.host.call = () => {
      expectThrows(() => limited.runtime.run(loops, { timeoutMs: 50 }), ...late(limitOfCall));
    };
    expect(limited.runtime.run(calls)).toBe(0);
  });

  it('of an outer call ends an inner one that may take longer, and itself', async () => {
    using with_ = await withCall({ engine });
    const { runtime, host } = with_;
    let inner: unknown;
    host.call = () => {
      inner = thrownBy(() => runtime.run(loops, { timeoutMs: 60_000 }));
    };
    expectThrows(() => runtime.run(calls, { timeoutMs: 50 }), ...late(limitOfCall));
    expect(GuestTimeoutError.isInstance(inner)).toBe(true);
  });
});

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function openDescriptors(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}
