import { GuestTimeoutError } from '../errors/guest-errors.js';

/** The error for a call that took longer than it may. */
export function timeoutError(label: string, timeoutMs: number, options?: ErrorOptions): GuestTimeoutError {
  return new GuestTimeoutError(
    `The guest ${label} ran longer than the ${timeoutMs} ms of limits.timeoutMs and was stopped; raise the limit or find the loop.`,
    options,
  );
}

/** The error for a guest that took longer to be read, loaded, validated and instantiated than a call may. */
export function loadingTimeoutError(label: string, timeoutMs: number): GuestTimeoutError {
  return new GuestTimeoutError(
    `Loading the guest ${label} took longer than the ${timeoutMs} ms of limits.timeoutMs; raise the limit, or give it a smaller module.`,
  );
}
