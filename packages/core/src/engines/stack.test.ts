import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectThrows, thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, GuestTrapError, hostFunction, hostModule, type Instance } from '../index.js';
import { lookEarly, needStack } from './stack-probe.js';

const exhausted = [GuestTrapError, 'ERR_GUEST_TRAP', /stack/] as const;

/** Calls `use` as deep in recursion as asked. */
function atDepth<Result>(depth: number, use: () => Result): Result {
  return depth === 0 ? use() : atDepth(depth - 1, use);
}

/** The depth at which `use` no longer succeeds. */
function deepest(use: () => unknown): number {
  const succeeds = (depth: number) => {
    try {
      atDepth(depth, use);
      return true;
    } catch {
      return false;
    }
  };
  let [least, most] = [0, 1_000_000];
  while (most - least > 1) {
    const middle = (least + most) >> 1;
    if (succeeds(middle)) least = middle;
    else most = middle;
  }
  return least;
}

it('looks at 112 KiB of stack', () => {
  const nothing = () => {};
  const probe = () => needStack(0);
  const share = () => 1 - deepest(probe) / deepest(nothing);
  // Frames of optimised code are smaller, and both sides are to be measured in the same.
  for (let round = 0; round < 20_000; round++) atDepth(10, nothing);
  deepest(nothing);
  const found = share();
  // Of the 984 KiB that V8 takes for its stack by default. Frames may become smaller in the middle of measuring, so the upper bound is wide.
  expect(found).toBeGreaterThan(0.08);
  expect(found).toBeLessThan(0.5);
});

it('looks as far down before the function for that is made', () => {
  const nothing = () => {};
  for (let round = 0; round < 20_000; round++) atDepth(10, nothing);
  deepest(nothing);
  const end = deepest(nothing);
  // 112 KiB are 11 percent of V8's stack.
  expect(() => atDepth(Math.floor(end * 0.92), lookEarly)).toThrow(RangeError);
  expect(() => atDepth(Math.floor(end * 0.5), lookEarly)).not.toThrow();
});

forEngine('v8', () => {
  // Opening a file is two steps: the host's descriptor, and the guest's number for it. Between them lies the end of the stack, for some depth.
  it('opens no file of the host that no descriptor of the guest stands for, however deep the guest is', async () => {
    const guest = wat(`(module
      (import "wasi_snapshot_preview1" "path_open"
        (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
      (memory (export "memory") 1)
      (data (i32.const 16) "engine.ts")
      (func $try
        (if (i32.eqz (call $open (i32.const 3) (i32.const 1) (i32.const 16) (i32.const 9) (i32.const 0)
            (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 8)))
          (then (if (call $close (i32.load (i32.const 8))) (then unreachable)))
          (else (i32.store (i32.const 4) (i32.const 1)))))
      (func $pad (param i64 i64 i64) (call $deep))
      (func $deep (export "deep") (call $try) (call $pad (i64.const 1) (i64.const 1) (i64.const 1)))
      (func $at (export "at") (param i32)
        (if (local.get 0) (then (call $at (i32.sub (local.get 0) (i32.const 1)))) (else (call $try)))))`);
    const folder = fileURLToPath(new URL('.', import.meta.url));
    using runtime = await createRuntime({ engine: 'v8', wasi: { preopens: { '/here': folder } } });
    const { exports, memory } = runtime.instantiate(guest);
    const next = () => {
      const fd = openSync('/dev/null', 'r');
      closeSync(fd);
      return fd;
    };
    // What a guest's folder costs is paid with its first use.
    exports.at?.(0);
    const free = next();
    for (let round = 0; round < 5; round++) expectThrows(() => exports.deep?.(), ...exhausted);
    const calls = (depth: number) => {
      try {
        exports.at?.(depth);
        return true;
      } catch (error) {
        expect(GuestTrapError.isInstance(error) && error.trap).toBe('stack exhausted');
        return false;
      }
    };
    let [least, most] = [100, 1_000_000];
    while (most - least > 1) {
      const middle = (least + most) >> 1;
      if (calls(middle)) least = middle;
      else most = middle;
    }
    for (let depth = least - 150; depth < least + 50; depth++) calls(depth);
    expect(memory?.readU32(4)).toBe(0);
    // POSIX: open returns the lowest number that is free.
    expect(next()).toBe(free);
  });
});

forEachEngine((engine) => {
  it('endless recursion between host and guest is a trap, and leaves nothing', async () => {
    const guest = wat('(module (import "env" "again" (func $again)) (func (export "run") (call $again)))');
    const starting = wat('(module (import "env" "start" (func $start)) (start $start))');
    let inner: Instance | undefined;
    let runs = true;
    const again = hostFunction([], [], () => {
      if (runs) inner?.exports.run?.();
    });
    const start = hostFunction([], [], () => void runtime.instantiate(starting));
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { again, start })] });
    inner = runtime.instantiate(guest);
    for (let round = 0; round < 3; round++) {
      expect(expectThrows(() => inner?.exports.run?.(), ...exhausted).trap).toBe('stack exhausted');
    }
    expect(expectThrows(() => runtime.instantiate(starting), ...exhausted).trap).toBe('stack exhausted');
    runs = false;
    expect(inner.exports.run?.()).toBe(undefined);
  });

  it('is a trap too where the host itself takes the stack between two calls of the guest', async () => {
    const guest = wat('(module (import "env" "again" (func $again)) (func (export "run") (call $again)))');
    let inner: Instance | undefined;
    const again = hostFunction([], [], () => atDepth(3000, () => inner?.exports.run?.()) as undefined);
    const alone: () => undefined = () => alone();
    const own = new RangeError('of its own');
    const modules = [
      hostModule('env', { again }),
      hostModule('alone', { again: hostFunction([], [], alone) }),
      hostModule('own', {
        again: hostFunction([], [], () => {
          throw own;
        }),
      }),
    ];
    using runtime = await createRuntime({ engine, hostModules: modules });
    inner = runtime.instantiate(guest);
    for (const [module, message] of [
      // Where it ends there, in the host or in the guest, is for the sizes of their frames.
      ['env', /stack/],
      ['alone', /endless recursion/],
    ] as const) {
      const { exports } = runtime.instantiate(
        wat(`(module (import "${module}" "again" (func $again)) (func (export "run") (call $again)))`),
      );
      const error = expectThrows(() => exports.run?.(), GuestTrapError, 'ERR_GUEST_TRAP', message);
      expect([error.trap, error.cause]).toEqual(['stack exhausted', expect.any(RangeError)]);
    }
    const { exports } = runtime.instantiate(
      wat('(module (import "own" "again" (func $again)) (func (export "run") (call $again)))'),
    );
    // Every other error stays what it is.
    expect(thrownBy(() => exports.run?.())).toBe(own);
  });

  // What is looked at is not taken: callbacks of callbacks may go on.
  it('nests calls between host and guest a hundred deep', async () => {
    const guest = wat(`(module (import "env" "down" (func $down (param i32) (result i32)))
      (func (export "down") (param i32) (result i32) (call $down (local.get 0))))`);
    let inner: Instance | undefined;
    const down = hostFunction(['i32'], ['i32'], (_caller, left) =>
      left === 0 ? 0 : 1 + (inner?.exports.down?.(left - 1) as number),
    );
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { down })] });
    inner = runtime.instantiate(guest);
    expect(inner.exports.down?.(100)).toBe(100);
  });
});
