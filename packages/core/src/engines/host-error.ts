import { GuestTrapError } from '../errors/guest-errors.js';

/**
 * What the caller of a guest gets for what a host function threw: the same object. A host function that ran out of stack is the exception, since
 * the guest may have brought it there. To be called where an error may be thrown.
 */
export function hostErrorOf(error: unknown, label: string): unknown {
  // V8's own words, in every version that is supported.
  if (!(error instanceof RangeError) || error.message !== 'Maximum call stack size exceeded') return error;
  return new GuestTrapError(
    `A host function that the guest ${label} called ran out of stack; look for an endless recursion between host and guest, or in the function.`,
    'stack exhausted',
    { cause: error },
  );
}
