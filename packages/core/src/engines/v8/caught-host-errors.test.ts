import { expect, it } from 'vitest';
import { wat } from '../../__fixtures__/wat.js';
import { createRuntime, GuestExitError, hostFunction, hostModule } from '../../index.js';

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
