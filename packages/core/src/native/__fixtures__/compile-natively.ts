import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { koffi } from '../koffi.js';
import { openLibrary } from '../library.js';

/** How a guest is compiled; all `false` by default. */
export interface NativeCompilation {
  /** Whether the code counts instructions. */
  readonly metered?: boolean;
  /** Whether the code looks now and then whether it was cancelled. */
  readonly interruptible?: boolean;
}

/** Compiles a module to native code, as the command `wasmedge compile` does: the result is wasm with native code beside it. */
export function compileNatively(
  module: Uint8Array,
  { metered = false, interruptible = false }: NativeCompilation = {},
): Uint8Array {
  const { path, c } = openLibrary(undefined);
  const library = koffi.load(path);
  const bind = (name: string, result: string, ...parameters: string[]) =>
    library.func(`WasmEdge_${name}`, result, parameters);
  const configure = c.ConfigureCreate();
  const folder = mkdtempSync(join(tmpdir(), 'compiled-guest-'));
  const target = join(folder, 'guest.wasm');
  try {
    // 0 is the lowest level of optimisation, 1 the format that is wasm.
    bind('ConfigureCompilerSetOptimizationLevel', 'void', 'uint64_t', 'int')(configure, 0);
    bind('ConfigureCompilerSetOutputFormat', 'void', 'uint64_t', 'int')(configure, 1);
    bind('ConfigureCompilerSetInterruptible', 'void', 'uint64_t', 'bool')(configure, interruptible);
    c.ConfigureStatisticsSetCostMeasuring(configure, metered);
    const compiler = bind('CompilerCreate', 'uint64_t', 'uint64_t')(configure);
    const compile = bind(
      'CompilerCompileFromBuffer',
      'uint32_t',
      ...['uint64_t', 'const uint8_t *', 'uint64_t', 'str'],
    );
    const code = compile(compiler, module, module.byteLength, target) as number;
    bind('CompilerDelete', 'void', 'uint64_t')(compiler);
    if (code !== 0) throw new Error(`The module could not be compiled: ${c.ResultGetMessage(code)}.`);
    return new Uint8Array(readFileSync(target));
  } finally {
    rmSync(folder, { recursive: true });
    c.ConfigureDelete(configure);
  }
}
