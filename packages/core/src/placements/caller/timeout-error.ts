import { GuestTimeoutError } from '../../errors/guest-errors.js';

/** The error of a call that took longer than it may. */
export function timeoutError(timeoutMs: number): GuestTimeoutError {
  return new GuestTimeoutError(
    `The call took longer than the ${timeoutMs} ms of its time limit and was ended. Raise the limit, or give it less to do.`,
  );
}
