import { CannotCrossError } from '../../errors/placement-errors.js';

/** The error for a message that could not be sent: a value that cannot be cloned, such as a symbol, was given as an argument. */
export function unsendable(cause: unknown): CannotCrossError {
  return CannotCrossError.isInstance(cause)
    ? cause
    : new CannotCrossError(
        'What was given cannot go to another thread or process; see the cause. Give numbers, texts, bytes and plain data.',
        { cause },
      );
}
