import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, ImportMismatchError, type TraceEvent } from '../index.js';

// `sock_accept` has three parameters in preview 1 (WebAssembly/WASI, legacy/preview1/docs.md), as wasi-libc, Go and .NET import it, and two in
// WasmEdge 0.14.1 (what its module reports through the C API). 8 is `badf`, 57 `notsock`.
const ofPreview1 =
  '(import "wasi_snapshot_preview1" "sock_accept" (func $p (param i32 i32 i32) (result i32)))';
const ofWasmEdge = '(import "wasi_snapshot_preview1" "sock_accept" (func $w (param i32 i32) (result i32)))';
const callPreview1 =
  '(func (export "p") (param i32) (result i32) (call $p (local.get 0) (i32.const 0) (i32.const 8)))';
const callWasmEdge = '(func (export "w") (param i32) (result i32) (call $w (local.get 0) (i32.const 8)))';
const memory = '(memory (export "memory") 1)';

forEachEngine((engine) => {
  it('gives a guest the form of a function that it imports', async () => {
    const calls: TraceEvent[] = [];
    using runtime = await createRuntime({ engine, trace: (event) => calls.push(event) });
    const guests = [
      wat(`(module ${ofPreview1} ${memory} ${callPreview1})`),
      wat(`(module ${ofWasmEdge} ${memory} ${callWasmEdge})`),
      wat(`(module ${ofWasmEdge} ${ofPreview1} ${memory} ${callWasmEdge} ${callPreview1})`),
      wat(`(module ${ofPreview1} ${memory} ${callPreview1})`),
    ];
    const answers = guests.map((guest) => {
      const { exports } = runtime.instantiate(guest);
      return ['p', 'w'].flatMap((name) => (name in exports ? [exports[name]?.(99), exports[name]?.(1)] : []));
    });
    expect(answers).toEqual([
      [8, 57],
      [8, 57],
      [8, 57, 8, 57],
      [8, 57],
    ]);
    expect(new Set(calls.map((call) => call.function))).toEqual(new Set(['sock_accept']));
    expect(calls[0]?.arguments).toEqual([99, 0, 8]);
  });

  it('refuses a third form', async () => {
    using runtime = await createRuntime({ engine });
    const guest = wat(
      '(module (import "wasi_snapshot_preview1" "sock_accept" (func (param i64) (result i32))))',
    );
    expectThrows(() => runtime.instantiate(guest), ImportMismatchError, 'ERR_IMPORT_MISMATCH', /\(i64\)/);
  });
});
