import { type Logger, MemoryRangeError, NoMemoryError } from '@wasmedge-plugins/core';
import { CryptoError } from './crypto-error.js';

// A guest that finds a way to make a library fail again and again must not fill the host's log.
const maxReports = 64;

/** Tells the host of failures that are not an answer to a guest's question. A guest gets an error code for them. */
export class FailureReport {
  readonly #log: Logger;
  readonly #reported = new Set<string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Logs what a function threw, each kind once; nothing for errors that are answers. */
  add(functionName: string, error: unknown): void {
    if (
      error instanceof CryptoError ||
      MemoryRangeError.isInstance(error) ||
      NoMemoryError.isInstance(error)
    ) {
      return;
    }
    const message = `${functionName} of WASI-Crypto failed in the host: ${describe(error)}. The guest got an error code.`;
    if (!this.#reported.has(message) && this.#reported.size < maxReports) {
      this.#reported.add(message);
      this.#log('error', message);
    }
  }
}

/** Class and code, and OpenSSL's reason, which is one of a fixed list. Other messages may quote what was given, key material included. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) {
    return `something that is not an error (${typeof error})`;
  }
  const { code, reason } = error as NodeJS.ErrnoException & { readonly reason?: unknown };
  const words = [error.name, code, String(code).startsWith('ERR_OSSL_') ? reason : undefined];
  return words.filter((word) => typeof word === 'string').join(' ');
}
