import type { Limits } from '../../runtime/runtime-options.js';
import type { CallLimits } from './call-guard.js';

/**
 * Instructions that one call may execute when nobody set a bound. It is a net under endless recursion, which would otherwise end the
 * process, and is counted over up to {@link callsPerBudget} calls, since counting anew costs as much as a tenth of a short call.
 */
export const defaultCostLimit = 20_000_000_000;

const callsPerBudget = 64;

/** The bounds of the calls into a runtime. */
export function callLimits({ cost, timeoutMs }: Limits): CallLimits {
  return {
    cost: cost ?? defaultCostLimit,
    timeoutMs,
    callsPerBudget: cost === undefined ? callsPerBudget : 1,
  };
}
