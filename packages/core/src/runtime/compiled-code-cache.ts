import { AotCache, type AotCacheOptions } from '../aot/aot-cache.js';
import type { OptimizationLevel } from '../aot/optimization-level.js';
import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import { defaultLogger } from '../logger/logger.js';
import { checkAotCache } from './check-options.js';

/** Compiled code that is kept. */
export interface CachedCode {
  /** What messages called the guest when it was compiled. */
  readonly guest: string;
  /** SHA-256 of what was compiled, in hexadecimal: the guest without native code that it brings. */
  readonly guestSha256: string;
  /** Length of the code in bytes, with the guest that is part of it. */
  readonly bytes: number;
  /** What it is for. */
  readonly form: CodeForm;
  /** How much it is optimised. */
  readonly level: OptimizationLevel;
  /** Whether it runs on every processor of this architecture. */
  readonly portable: boolean;
  /** Version of the libwasmedge that it is for, for example `0.14.1`. */
  readonly library: string;
  /** When it was used last, or made. */
  readonly usedAt: Date;
}

/** The compiled code that is kept in a folder. */
export interface CompiledCodeCache {
  /** The folder. */
  readonly directory: string;
  /**
   * What is in it, the latest used first.
   *
   * @throws {AotCacheError} when others may write to the cache.
   */
  list(): readonly CachedCode[];
  /**
   * Removes all of it.
   *
   * @throws {AotCacheError} when others may write to the cache.
   */
  clear(): void;
  /**
   * Why nothing that is compiled can be kept in it, in the system's words; `undefined` when it can. Looks only, and makes nothing.
   *
   * @throws {AotCacheError} when others may write to the cache.
   */
  whyNotKept(): string | undefined;
}

/**
 * The cache of compiled code, to look at or to empty.
 *
 * @param options where it is. Default: the user's, where `compileAhead()` keeps what it makes.
 * @throws {InvalidArgumentError} for an option of the wrong type, or an option that there is not.
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
