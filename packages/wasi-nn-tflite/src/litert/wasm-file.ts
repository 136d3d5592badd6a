import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** (module (func (result v128) i32.const 1 i8x16.splat i32.const 2 i8x16.splat i8x16.relaxed_swizzle)) */
const relaxedSimd = Buffer.from(
  '0061736d010000000105016000017b030201000a0f010d004101fd0f4102fd0ffd80020b',
  'hex',
);

/** The build of LiteRT.js that fits this Node: relaxed SIMD, which Node has from 22 on, makes it faster. */
export function wasmFile(): string {
  const name = WebAssembly.validate(relaxedSimd)
    ? 'litert_wasm_internal.js'
    : 'litert_wasm_compat_internal.js';
  // The package tells its main file only; the builds lie in the folder beside that one's.
  const main = createRequire(import.meta.url).resolve('@litertjs/core');
  return join(dirname(main), '../wasm', name);
}
