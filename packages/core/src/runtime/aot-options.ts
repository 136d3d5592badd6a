import type { AotCacheOptions } from '../aot/aot-cache.js';
import type { OptimizationLevel } from '../aot/optimization-level.js';

/**
 * When guests of engine `wasmedge` run as native code that was compiled here, instead of being interpreted. In placement `process`: `background` has
 * each guest compiled, and interprets it until its code is ready; `wait` makes the first call of a guest wait for its code; `off` never compiles. In
 * the other placements, `inline` does the same as `background`, in the host's own process; it is never the default.
 */
export type AotMode = 'off' | 'background' | 'wait' | 'inline';

/** How guests of engine `wasmedge` are compiled ahead of time. */
export interface AotOptions {
  /** When compiled code is used. Default: that of `aot` in `RuntimeOptions`. */
  readonly mode?: AotMode | undefined;
  /**
   * How much the compiler optimises guests that it compiles for this runtime. Existing code is used whatever its level: the code that a
   * runtime of the same process already runs, otherwise the best in the cache. Default: 2.
   */
  readonly level?: OptimizationLevel | undefined;
  /** Where the code is kept. Default: the user's cache, with 1 GiB for 1000 guests. */
  readonly cache?: AotCacheOptions | undefined;
}
