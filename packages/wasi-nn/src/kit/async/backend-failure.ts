import type { NnErrnoName } from '../../nn-errno.js';

/** A failure in a helper thread, which loads as little as it can; guests and sessions see an `NnError`. */
export class BackendFailure extends Error {
  /**
   * Makes the error.
   *
   * @param message what happened.
   */
  constructor(
    /** The name of the error code that a guest gets. */
    readonly errnoName: NnErrnoName,
    message: string,
  ) {
    super(message);
  }
}
