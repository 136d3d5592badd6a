import type { CompiledAhead } from './ahead-options.js';
import type { AotCache } from './aot-cache.js';
import { type CompiledNow, type CompileSettings, compileCode } from './compile-code.js';

/** Compiles a guest, or finds its code, and tells what it is and where, and how long that took since `began`, a reading of `performance.now()`. */
export async function compileAndTell(
  cache: AotCache,
  guest: Uint8Array,
  settings: CompileSettings,
  began: number,
): Promise<{ readonly code: CompiledNow; readonly told: CompiledAhead }> {
  const code = await compileCode(cache, guest, settings);
  const told = {
    guest: settings.label,
    wasCached: code.wasCached,
    isKept: code.isKept,
    bytes: code.bytes.byteLength,
    elapsedMs: performance.now() - began,
    form: code.form,
    level: code.level,
    library: settings.library,
    directory: cache.directory,
  };
  return { code, told };
}
