import { CryptoError } from '../crypto-error.js';

/** Runs what reads a key; whatever it throws means that there was none, unless it says otherwise itself. */
export function readingKey<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof CryptoError ? error : new CryptoError('invalid_key');
  }
}

/** Throws invalid_key unless the condition holds. */
export function requireValidKey(condition: boolean): asserts condition {
  if (!condition) {
    throw new CryptoError('invalid_key');
  }
}
