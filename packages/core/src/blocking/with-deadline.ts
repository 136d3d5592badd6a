import { BlockingTimeoutError } from '../errors/host-function-errors.js';
import type { BlockingCaller } from './blocking-caller.js';

/** The same caller, with calls that end when the guest's own time is over. */
export function withDeadline(caller: BlockingCaller, remainingMs: () => number): BlockingCaller {
  return {
    call(task, request, options = {}) {
      const { timeoutMs = Number.POSITIVE_INFINITY } = options;
      const leftMs = remainingMs();
      try {
        return caller.call(task, request, { ...options, timeoutMs: Math.min(timeoutMs, leftMs) });
      } catch (cause) {
        if (timeoutMs <= leftMs || !BlockingTimeoutError.isInstance(cause)) throw cause;
        throw new BlockingTimeoutError(
          "The time limit of the guest's call was over before a host function had its answer. Raise timeoutMs of the call or limits.timeoutMs, or give the guest less to do.",
          { cause },
        );
      }
    },
    // No guest waits for these.
    callAsync: (task, request, options) => caller.callAsync(task, request, options),
    [Symbol.dispose]: () => caller[Symbol.dispose](),
  };
}
