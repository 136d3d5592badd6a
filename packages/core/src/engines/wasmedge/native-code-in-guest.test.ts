import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { compileProgram, forCompiler } from '../../__fixtures__/compile-c.js';
import { adder, forEngine } from '../../__fixtures__/engines.js';
import { createRuntime, findWasmEdge } from '../../index.js';

const folder = mkdtempSync(join(tmpdir(), 'native-code-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Compiles a wasm file ahead of time, as the command `wasmedge compile` does: the output is wasm with native code beside it.
const compiler = `
#include <wasmedge/wasmedge.h>
int main(int argc, char **argv) {
  WasmEdge_CompilerContext *compiler = WasmEdge_CompilerCreate(0);
  return argc == 3 && WasmEdge_ResultOK(WasmEdge_CompilerCompile(compiler, argv[1], argv[2])) ? 0 : 1;
}`;

forEngine('wasmedge', () =>
  forCompiler(() => {
    it('does not run native code that a wasm file carries', async () => {
      writeFileSync(join(folder, 'compile.c'), compiler);
      const { path } = await findWasmEdge();
      compileProgram(join(folder, 'compile.c'), join(folder, 'compile'), [path]);
      writeFileSync(join(folder, 'in.wasm'), adder);
      execFileSync(join(folder, 'compile'), [join(folder, 'in.wasm'), join(folder, 'out.wasm')]);
      const compiled = readFileSync(join(folder, 'out.wasm'));
      expect(compiled.byteLength).toBeGreaterThan(10 * adder.byteLength);
      // The wasm code subtracts now, the native code still adds: local.get 0, local.get 1, i32.add (0x6a), end.
      const code = compiled.indexOf(Buffer.from([0x20, 0x00, 0x20, 0x01, 0x6a, 0x0b]));
      compiled[code + 4] = 0x6b;
      using runtime = await createRuntime({ engine: 'wasmedge' });
      expect(runtime.instantiate(compiled).exports.add?.(44, 2)).toBe(42);
    });
  }),
);
