import type { BlockingCaller } from './blocking-caller.js';

/** The same caller, with calls that end when the guest's own time is over. */
export function withDeadline(caller: BlockingCaller, remainingMs: () => number): BlockingCaller {
  return {
    call(task, request, options = {}) {
      const timeoutMs = Math.min(options.timeoutMs ?? Number.POSITIVE_INFINITY, remainingMs());
      return caller.call(task, request, { ...options, timeoutMs });
    },
    // No guest waits for these.
    callAsync: (task, request, options) => caller.callAsync(task, request, options),
    [Symbol.dispose]: () => caller[Symbol.dispose](),
  };
}
