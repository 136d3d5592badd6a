import { CannotCrossError } from '../../errors/placement-errors.js';

/** The error for a message that could not be sent: a value that cannot be cloned, such as a symbol, was given as an argument. */
export function unsendable(cause: unknown): CannotCrossError {
  return CannotCrossError.isInstance(cause)
    ? cause
    : new CannotCrossError(
        'A value cannot go to another thread or process; see the cause. Pass numbers, strings, bytes and plain data.',
        { cause },
      );
}
