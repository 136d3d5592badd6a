import { UnsupportedByPlacementError } from '@wasmedge-plugins/core';

/**
 * Refuses a hook for which nobody can wait, as far as that is seen before it is called.
 *
 * @throws {UnsupportedByPlacementError}
 */
export function refuseAsyncHook(hook: unknown): void {
  if (Object.prototype.toString.call(hook) === '[object AsyncFunction]') throw asyncHookError();
}

/** What is said of a hook that returns a promise to a guest in its own thread. */
export function asyncHookError(): UnsupportedByPlacementError {
  return new UnsupportedByPlacementError(
    "The hook onRequest is asynchronous, and a guest in the same thread cannot wait for it; use placement 'worker' or 'process', or give it as { module, export }.",
  );
}
