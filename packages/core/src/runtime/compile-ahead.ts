import type { CompileAheadOptions, CompiledAhead } from '../aot/ahead-options.js';
import { AotCache } from '../aot/aot-cache.js';
import { compileAndTell } from '../aot/compile-and-tell.js';
import { guestToCompile } from '../aot/guest-to-compile.js';
import { defaultLogger } from '../logger/logger.js';
import { findWasmEdge } from '../native/find-wasmedge.js';
import { checkAheadOptions } from './check-options.js';
import { CompiledGuest, loadedGuest } from './compiled-guest.js';
import { loadGuest } from './load-guest.js';
import type { GuestSource } from './runtime.js';

/**
 * Compiles a guest to native code for engine `wasmedge`, and keeps that in the user's cache, where runtimes that run compiled code find it. (What
 * `compileGuest` makes is for one process, and is still interpreted on that engine.) The compiler runs in a process of its own, with bounds; it takes
 * seconds for a large guest. One guest at a time is compiled; the others wait.
 *
 * @param source the path or file URL of a wasm file, its bytes, or what `compileGuest()` made of them.
 * @throws {GuestCompileError} when it cannot be compiled.
 * @throws {GuestAbortError} when the signal ends it.
 * @throws {AotCacheError} when others may write to the cache.
 * @throws {GuestNotFoundError} when its file cannot be read.
 * @throws {InvalidArgumentError} for a source or an option of the wrong type, or an option that there is not.
 * @throws {InvalidGuestError} when it is not a valid module, or has more of something than is taken.
 * @throws {LibraryNotFoundError} when no libwasmedge is found.
 * @throws {LibraryVersionError} when the libwasmedge has a version that is not supported.
 * @example
 * const { wasCached, elapsedMs } = await compileAhead('guest.wasm', {
 *   onProgress: ({ phase }) => console.error(phase),
 * });
 */
export async function compileAhead(
  source: GuestSource,
  options: CompileAheadOptions = {},
): Promise<CompiledAhead> {
  checkAheadOptions('compileAhead()', options);
  const { form = 'plain', library: named, cache: where = {}, ...others } = options;
  const began = performance.now();
  const { path, version } = await findWasmEdge(named);
  const library = { path, version };
  const { label, bytes } = source instanceof CompiledGuest ? loadedGuest(source) : await loadGuest(source);
  const cache = new AotCache(where, defaultLogger);
  const settings = { ...others, label, form, library };
  const { told } = await compileAndTell(cache, guestToCompile(bytes), settings, began);
  return told;
}
