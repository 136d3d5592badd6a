import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import type { AotCacheOptions } from './aot-cache.js';
import type { CompilingLibrary } from './code-key.js';
import type { CompileProgress } from './compile-phase.js';
import type { OptimizationLevel } from './optimization-level.js';

/** How one guest is compiled ahead of time. */
export interface CompilationOptions {
  /**
   * How much the compiler optimises. Code is correct at every level; higher levels take longer to compile. Level 1 is best avoided: with
   * LLVM 19 it crashes the compiler for some guests. Default: 2.
   */
  readonly level?: OptimizationLevel | undefined;
  /** Ends the compilation, and nothing of it is kept. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Is told what the compiler is doing; not called if the code already exists. An error that it throws ends the compilation. Default: none. */
  readonly onProgress?: ((progress: CompileProgress) => void) | undefined;
  /** Milliseconds after which the compiler is ended. Default: 600,000. */
  readonly timeoutMs?: number | undefined;
  /** The most bytes of memory that the compiler may use, where the system can limit them. Default: 2 GiB. */
  readonly maxMemoryBytes?: number | undefined;
}

/** Options of `compileAhead`. */
export interface CompileAheadOptions extends CompilationOptions {
  /**
   * The kind of code: `plain` runs until it ends, `metered` is for runtimes with `limits.cost`, `interruptible` checks now and then whether
   * it was cancelled. Default: `plain`.
   */
  readonly form?: CodeForm | undefined;
  /** Whether the code should run on every processor of this architecture. Default: `false`, except where the system does not say which processor this is. */
  readonly portable?: boolean | undefined;
  /** Path of the libwasmedge that will run the guest. Default: the variable `WASMEDGE_LIBRARY`, then the usual places. */
  readonly library?: string | undefined;
  /** Where the code is kept. Default: the user's cache, with 1 GiB for 1000 guests. */
  readonly cache?: AotCacheOptions | undefined;
}

/** The code that `compileAhead` made, or found. */
export interface CompiledAhead {
  /** The guest's name in messages. */
  readonly guest: string;
  /** Whether the code already existed. */
  readonly wasCached: boolean;
  /** Whether it will be found again. It will not if the cache's folder is not writable. */
  readonly isKept: boolean;
  /** Length of the code in bytes, including the guest that is part of it. */
  readonly bytes: number;
  /** Milliseconds that it took. */
  readonly elapsedMs: number;
  /** The kind of code. */
  readonly form: CodeForm;
  /** Its optimisation level. */
  readonly level: OptimizationLevel;
  /** The libwasmedge that it is for. */
  readonly library: CompilingLibrary;
  /** The folder of the cache. */
  readonly directory: string;
}
