import { totalmem } from 'node:os';
import type { Limits } from '../../limits/limits.js';

/** What one call from the host may use. */
export interface CallLimits {
  /** Instructions, or `Infinity`. */
  readonly cost: number;
  /** Milliseconds, or `Infinity`. */
  readonly timeoutMs: number;
  /** Bytes by which the process may grow, guest memories aside, or `Infinity`. */
  readonly growthBytes: number;
}

// A container may have less memory than its machine; without a bound Node tells 0 or an impossible number.
const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
const defaultGrowth = Math.min(2 * 1024 ** 3, memory / 8);

/** The bounds of the calls into a runtime. */
export function callLimits({ cost, timeoutMs, growthBytes }: Limits): CallLimits {
  return {
    cost: cost ?? Number.POSITIVE_INFINITY,
    timeoutMs: timeoutMs ?? Number.POSITIVE_INFINITY,
    growthBytes: growthBytes ?? defaultGrowth,
  };
}
