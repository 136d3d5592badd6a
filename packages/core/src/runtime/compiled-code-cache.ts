import { AotCache, type AotCacheOptions } from '../aot/aot-cache.js';
import type { OptimizationLevel } from '../aot/optimization-level.js';
import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import { defaultLogger } from '../logger/logger.js';
import { checkAotCache } from './check-options.js';

/** Compiled code in the cache. */
export interface CachedCode {
  /** The name that messages gave the guest when it was compiled. */
  readonly guest: string;
  /** SHA-256 of the compiled guest, in hexadecimal, without any native code in its file. */
  readonly guestSha256: string;
  /** Length of the code in bytes, including the guest that is part of it. */
  readonly bytes: number;
  /** What it is for. */
  readonly form: CodeForm;
  /** Its optimisation level. */
  readonly level: OptimizationLevel;
  /** Whether it runs on every processor of this architecture. */
  readonly portable: boolean;
  /** Version of the libwasmedge that it is for, for example `0.14.1`. */
  readonly library: string;
  /** When it was last used, or made. */
  readonly usedAt: Date;
}

/** A folder's cache of compiled code. */
export interface CompiledCodeCache {
  /** The folder. */
  readonly directory: string;
  /**
   * Its contents, the most recently used first.
   *
   * @throws {AotCacheError} when other users can write to the cache.
   */
  list(): readonly CachedCode[];
  /**
   * Removes all of it.
   *
   * @throws {AotCacheError} when other users can write to the cache.
   */
  clear(): void;
  /**
   * Why compiled code cannot be kept in it, in the system's words; `undefined` when it can. Only looks, and creates nothing.
   *
   * @throws {AotCacheError} when other users can write to the cache.
   */
  whyNotKept(): string | undefined;
}

/**
 * The cache of compiled code, to inspect or to empty.
 *
 * @param options where it is. Default: the user's cache, where `compileAhead()` keeps its results.
 * @throws {InvalidArgumentError} for an option of the wrong type, or an unknown option.
 */
export function compiledCodeCache(options: AotCacheOptions = {}): CompiledCodeCache {
  checkAotCache(options);
  const cache = new AotCache(options, defaultLogger);
  return {
    directory: cache.directory,
    list: () =>
      cache.list().map(({ guest, guestSha256, bytes, form, level, portable, library, usedAt }) => ({
        ...{ guest, guestSha256, bytes, form, level, portable, library, usedAt },
      })),
    clear: () => cache.clear(),
    whyNotKept: () => cache.whyNotKept(),
  };
}
