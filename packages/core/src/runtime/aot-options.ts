import type { AotCacheOptions } from '../aot/aot-cache.js';
import type { OptimizationLevel } from '../aot/optimization-level.js';

/**
 * When guests of engine `wasmedge` run as native code that was compiled here, instead of being interpreted. In placement `process`: `background`
 * has each guest compiled, and interprets it until its code is there; `wait` lets the first call of a guest wait for its code; `off` never compiles.
 * In the other placements, `inline` does as `background` does, in this very process; it is not the default of any.
 */
export type AotMode = 'off' | 'background' | 'wait' | 'inline';

/** How guests of engine `wasmedge` are compiled ahead of time. */
export interface AotOptions {
  /** When compiled code is used. Default: that of `aot` in `RuntimeOptions`. */
  readonly mode?: AotMode | undefined;
  /**
   * How much the compiler optimises guests that it compiles for this runtime. Code that is there already is used whatever its level: what a
   * runtime of the same process runs already, else the best in the cache. Default: 2.
   */
  readonly level?: OptimizationLevel | undefined;
  /** Where the code is kept. Default: the user's cache, with 1 GiB for 1000 guests. */
  readonly cache?: AotCacheOptions | undefined;
}
