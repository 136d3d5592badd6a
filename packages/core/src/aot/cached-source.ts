import type { CompiledCodeSource } from '../engines/wasmedge/aot/compiled-code.js';
import type { AotCache } from './aot-cache.js';
import { type CompilingLibrary, sha256Of } from './code-key.js';
import { findCode } from './compile-code.js';
import type { OptimizationLevel } from './optimization-level.js';

/** Where code is looked for. */
export interface CachedSourceOptions {
  readonly cache: AotCache;
  readonly library: CompilingLibrary;
  /** Default: any, the highest that there is. */
  readonly level?: OptimizationLevel | undefined;
}

/** The compiled code of a cache for an engine, which asks again until there is some. */
export function cachedSource({ cache, library, level }: CachedSourceOptions): CompiledCodeSource {
  const hashes = new WeakMap<Uint8Array, string>();
  return {
    find(guest, form) {
      const sha256 = hashes.get(guest) ?? sha256Of(guest);
      hashes.set(guest, sha256);
      return findCode(cache, sha256, { library, form, level });
    },
  };
}
