import { totalmem } from 'node:os';
import type { Limits } from '../../runtime/runtime-options.js';

/** What one call from the host may use. */
export interface CallLimits {
  /** Instructions, or `Infinity`. */
  readonly cost: number;
  readonly timeoutMs: number | undefined;
  /** Bytes by which the process may grow, guest memories aside, or `Infinity`. */
  readonly growthBytes: number;
}

const defaultGrowth = Math.min(2 * 1024 ** 3, totalmem() / 8);

/** The bounds of the calls into a runtime. */
export function callLimits({ cost, timeoutMs, growthBytes }: Limits): CallLimits {
  return {
    cost: cost ?? Number.POSITIVE_INFINITY,
    timeoutMs,
    growthBytes: growthBytes ?? defaultGrowth,
  };
}
