import { CryptoError } from '../crypto-error.js';

/**
 * Runs a function of a library that refuses a key by the error that `isRefusal` knows; it becomes invalid_key. Other errors answer
 * nothing about the key, and pass.
 */
export function refusedWhen<Result>(
  isRefusal: (error: NodeJS.ErrnoException) => boolean,
  read: () => Result,
): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof Error && isRefusal(error) ? new CryptoError('invalid_key') : error;
  }
}

/** Throws invalid_key unless the condition holds. */
export function requireValidKey(condition: boolean): asserts condition {
  if (!condition) {
    throw new CryptoError('invalid_key');
  }
}
