import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import type { AotCacheOptions } from './aot-cache.js';
import type { CompilingLibrary } from './code-key.js';
import type { CompileProgress } from './compile-phase.js';
import type { OptimizationLevel } from './optimization-level.js';

/** How one guest is compiled ahead of time. */
export interface CompilationOptions {
  /**
   * How much the compiler optimises. Code of every level is right; higher ones are slower to make. Level 1 is best avoided: with LLVM 19 it
   * ends the compiler for some guests. Default: 2.
   */
  readonly level?: OptimizationLevel | undefined;
  /** Ends the compilation, of which nothing is left then. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Is told what the compiler does; not called for code that was there already. What it throws ends the compilation. Default: none. */
  readonly onProgress?: ((progress: CompileProgress) => void) | undefined;
  /** Milliseconds after which the compiler is ended. Default: 600,000. */
  readonly timeoutMs?: number | undefined;
  /** The most bytes of memory that the compiler may take, where the system can bound them. Default: 2 GiB. */
  readonly maxMemoryBytes?: number | undefined;
}

/** Options of `compileAhead`. */
export interface CompileAheadOptions extends CompilationOptions {
  /**
   * What the code is to be for: `plain` runs until it ends, `metered` is for runtimes with `limits.cost`, `interruptible` looks now and then
   * whether it was cancelled. Default: `plain`.
   */
  readonly form?: CodeForm | undefined;
  /** Whether it is to run on every processor of this architecture. Default: `false`, except where the system does not tell which one this is. */
  readonly portable?: boolean | undefined;
  /** Path of the libwasmedge that will run the guest. Default: the variable `WASMEDGE_LIBRARY`, then the usual places. */
  readonly library?: string | undefined;
  /** Where the code is kept. Default: the user's cache, with 1 GiB for 1000 guests. */
  readonly cache?: AotCacheOptions | undefined;
}

/** What `compileAhead` has made, or found. */
export interface CompiledAhead {
  /** What messages call the guest. */
  readonly guest: string;
  /** Whether the code was there already. */
  readonly wasCached: boolean;
  /** Whether it will be found again. Where the cache's folder cannot be written to, it is not. */
  readonly isKept: boolean;
  /** Length of the code in bytes, with the guest that is part of it. */
  readonly bytes: number;
  /** Milliseconds that it took. */
  readonly elapsedMs: number;
  /** What it is for. */
  readonly form: CodeForm;
  /** How much it is optimised. */
  readonly level: OptimizationLevel;
  /** The libwasmedge that it is for. */
  readonly library: CompilingLibrary;
  /** The folder of the cache. */
  readonly directory: string;
}
