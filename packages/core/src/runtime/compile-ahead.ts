import type { CompileAheadOptions, CompiledAhead } from '../aot/ahead-options.js';
import { AotCache } from '../aot/aot-cache.js';
import { compileAndTell } from '../aot/compile-and-tell.js';
import { guestToCompile } from '../aot/guest-to-compile.js';
import { defaultLogger } from '../logger/logger.js';
import { findWasmEdge } from '../native/find-wasmedge.js';
import { checkAheadOptions } from './check-options.js';
import { CompiledGuest, loadedGuest } from './compiled-guest.js';
import { loadGuest } from './load-guest.js';
import { namingGuest } from './naming-guest.js';
import type { GuestSource } from './runtime.js';

/**
 * Compiles a guest to native code for engine `wasmedge`, and keeps the code in the user's cache, where runtimes that run compiled code find it. (A
 * guest from `compileGuest` is for one process, and is still interpreted on that engine.) The compiler runs in a separate process, with limits; it
 * takes seconds for a large guest. One guest at a time is compiled; the others wait.
 *
 * @param source the path or file URL of a wasm file, its bytes, or the result of `compileGuest()`.
 * @throws {GuestCompileError} when it cannot be compiled.
 * @throws {GuestAbortError} when the signal ends it.
 * @throws {AotCacheError} when other users can write to the cache.
 * @throws {GuestNotFoundError} when its file cannot be read.
 * @throws {InvalidArgumentError} for a source or an option of the wrong type, or an unknown option.
 * @throws {InvalidGuestError} when it is not a valid module, or has more of something than is accepted.
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
  const { told } = await compileAndTell(
    cache,
    namingGuest(label, () => guestToCompile(bytes)),
    settings,
    began,
  );
  return told;
}
