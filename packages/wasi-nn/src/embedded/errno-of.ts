import type { Logger } from '@wasmedge-plugins/core';
import { NnError } from '../errors.js';
import { NnErrno } from '../nn-errno.js';

/**
 * The error code for what a host function threw. What a backend throws unexpectedly becomes `runtime_error`; a guest gets the code, and the
 * host's logger the message.
 */
export function errnoOf(logger: Logger, error: unknown): number {
  const expected = NnError.isInstance(error);
  const message = error instanceof Error ? error.message : String(error);
  logger(expected ? 'info' : 'warn', `WASI-NN: ${message}`);
  return expected ? error.errno : NnErrno.runtime_error;
}
