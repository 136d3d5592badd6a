import { MemoryRangeError, NoMemoryError } from '@wasmedge-plugins/core';
import { CryptoError } from './crypto-error.js';
import { type CryptoErrno, cryptoErrno } from './errno.js';

/** The error code that a guest gets for what a function threw. What node:crypto or a library throws answers nothing and is a failure of the algorithm. */
export function errnoOf(error: unknown): CryptoErrno {
  if (error instanceof CryptoError) {
    return error.errno;
  }
  if (MemoryRangeError.isInstance(error) || NoMemoryError.isInstance(error)) {
    return cryptoErrno.algorithm_failure;
  }
  return error instanceof Error ? cryptoErrno.algorithm_failure : cryptoErrno.internal_error;
}
