import { expect, it } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';
import { createRuntime } from '../../index.js';

// WasmEdge's compiler appends native code to a module as a custom section "wasmedge" ("universal" files), which the library
// up to 0.16 loads and runs unless it is told to interpret. This section's code lies at addresses that end the process.

const answer = wat('(module (func (export "answer") (result i32) i32.const 42))');

function leb(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...leb(Math.floor(value / 128))];
}

function withCompiledCode(version: number): Uint8Array {
  const code = new Array<number>(4096).fill(0xc3);
  const [linux, x64, text] = [1, 1, 1];
  const [versionAddress, intrinsicsAddress, typeAddress, codeAddress] = [0x7fffff00, 0x41414140, 0, 0];
  const content = [
    ...[8, ...Buffer.from('wasmedge'), ...leb(version), linux, x64],
    ...[...leb(versionAddress), ...leb(intrinsicsAddress), 1, typeAddress, 1, codeAddress],
    ...[1, text, 0, ...leb(code.length), ...leb(code.length), ...code],
  ];
  return Uint8Array.from([...answer, 0, ...leb(content.length), ...content]);
}

forEngine('wasmedge', () => {
  it('never runs compiled code of a guest, whatever version it claims', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge' });
    for (let version = 0; version < 10; version++) {
      expect(runtime.instantiate(withCompiledCode(version)).exports.answer?.()).toBe(42);
    }
  });
});
