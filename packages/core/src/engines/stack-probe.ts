import { GuestTrapError } from '../errors/guest-trap-error.js';

/** Bytes of stack that a host function may count on: what Node's own functions and the compiler of what runs first take, and a margin. */
const reservedBytes = 128 * 1024;

// V8 checks on entry to a function that the frame it would have in the interpreter fits, in optimised code too, where this function
// has no frame to speak of and takes three nanoseconds. The call that is never made keeps it from being inlined, which would lose the check.
const registers = Array.from({ length: reservedBytes / 8 }, (_, index) => `v${index}`);
const neverPassed = Array.from({ length: 400 }, () => '0').join();

/**
 * Throws V8's own `RangeError` when little is left of this thread's stack. A guest can leave a host function as little as it likes, and
 * one that runs out of stack between two steps has done the first and not the second. To be called with 0.
 *
 * @throws {RangeError} when less than 128 KiB are left.
 */
export const needStack = new Function(
  'never',
  `var ${registers.join()};
  if (never !== 0) { never(${neverPassed}); if (false) { ${registers.join(';')}; } }`,
) as (never: 0) => void;

/** {@link needStack} for where what is thrown reaches the caller as it is. */
export function refuseLowStack(): void {
  try {
    needStack(0);
  } catch (cause) {
    throw new GuestTrapError(
      'Calls between host and guest are nested so deep that the stack is exhausted; find the recursion.',
      'stack exhausted',
      { cause },
    );
  }
}
