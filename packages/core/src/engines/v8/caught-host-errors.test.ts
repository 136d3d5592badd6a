import { expect, it } from 'vitest';
import { wat } from '../../__fixtures__/wat.js';
import { createRuntime, GuestExitError, GuestTrapError, hostFunction, hostModule } from '../../index.js';

// WebAssembly's JavaScript interface lets `catch_all` catch exceptions of the host; a guest must not get past them with it.
const guest = wat(`(module
  (import "env" "fail" (func $fail)) (import "env" "after" (func $after))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (func (export "swallow") (try (do (call $fail)) (catch_all)))
  (func (export "goOn") (try (do (call $fail)) (catch_all (call $after))))
  (func (export "stay") (try (do (call $exit (i32.const 3))) (catch_all (call $after))))
  (func (export "fine") (result i32) i32.const 42))`);

it('an exception that the guest catches reaches its caller all the same, and the guest reaches nothing more', async () => {
  const thrown = new Error('from the host');
  let calls = 0;
  const fail = hostFunction([], [], () => {
    throw thrown;
  });
  const after = hostFunction([], [], () => {
    calls++;
  });
  using runtime = await createRuntime({ engine: 'v8', hostModules: [hostModule('env', { fail, after })] });
  const { exports } = runtime.instantiate(guest);
  expect(() => exports.swallow?.()).toThrow(thrown);
  expect(() => exports.goOn?.()).toThrow(thrown);
  expect(() => exports.stay?.()).toThrow(GuestExitError);
  expect(calls).toBe(0);
  expect(exports.fine?.()).toBe(42);
});

it('an error of an inner guest that a host function handles is gone', async () => {
  const inner = wat(`(module (import "env" "fail" (func $fail)) (func (export "run") (call $fail)))`);
  const outer = wat(
    `(module (import "env" "ask" (func $ask (result i32))) (func (export "run") (result i32) (call $ask)))`,
  );
  const fail = hostFunction([], [], () => {
    throw new Error('inner');
  });
  const ask = hostFunction([], ['i32'], () => {
    expect(() => first.exports.run?.()).toThrow('inner');
    return 7;
  });
  using runtime = await createRuntime({ engine: 'v8', hostModules: [hostModule('env', { fail, ask })] });
  const first = runtime.instantiate(inner);
  expect(runtime.instantiate(outer).exports.run?.()).toBe(7);
});

const catchesAndTraps = wat(`(module
  (import "env" "fail" (func $fail))
  (func $run (export "run") (try (do (call $fail)) (catch_all (unreachable)))))`);
const startsSo = wat(`(module
  (import "env" "fail" (func $fail))
  (func $run (try (do (call $fail)) (catch_all (unreachable))))
  (start $run))`);
const asks = wat(`(module
  (import "env" "ask" (func $ask (result i32)))
  (func $ask2 (export "run") (result i32) (i32.add (call $ask) (call $ask)))
  (func (export "_start") (drop (call $ask))))`);
const asksAtStart = wat(
  '(module (import "env" "ask" (func $ask (result i32))) (func $f (drop (call $ask))) (start $f))',
);

// docs/architecture/runtime.md: what a host function throws belongs to the call in which it was thrown.
it('an error that a guest caught before it trapped is in the way of no other call, instantiation or run', async () => {
  const fail = hostFunction([], [], () => {
    throw new Error('of the first guest');
  });
  const ask = hostFunction([], ['i32'], () => 21);
  using runtime = await createRuntime({ engine: 'v8', hostModules: [hostModule('env', { fail, ask })] });
  const first = runtime.instantiate(catchesAndTraps);
  const second = runtime.instantiate(asks);
  const others: (() => unknown)[] = [
    () => second.exports.run?.(),
    () => runtime.run(asks),
    () => runtime.instantiate(asksAtStart) && 42,
  ];
  for (const leave of [() => first.exports.run?.(), () => runtime.instantiate(startsSo)]) {
    for (const other of others) {
      expect(leave).toThrow(GuestTrapError);
      expect([42, 0]).toContain(other());
    }
  }
});

it('an error that an inner guest caught before it trapped stays with the inner call', async () => {
  const fail = hostFunction([], [], () => {
    throw new Error('of the inner guest');
  });
  const ask = hostFunction([], ['i32'], () => {
    expect(() => inner.exports.run?.()).toThrow(GuestTrapError);
    return 21;
  });
  using runtime = await createRuntime({ engine: 'v8', hostModules: [hostModule('env', { fail, ask })] });
  const inner = runtime.instantiate(catchesAndTraps);
  expect(runtime.instantiate(asks).exports.run?.()).toBe(42);
});
