import type { CompiledCode } from '../engines/wasmedge/aot/compiled-code.js';
import type { OptimizationLevel } from './optimization-level.js';

/** Native code of a guest: made here, or found in the cache and checked. */
export interface KeptCode extends CompiledCode {
  /** How much the compiler has optimised it. */
  readonly level: OptimizationLevel;
}
