import { CryptoError } from './crypto-error.js';
import type { CryptoErrnoName } from './errno.js';

/** How many bytes the objects of one runtime may hold together: guests choose their sizes. */
export class ByteBudget {
  readonly #maxBytes: number;
  #usedBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** What may still be reserved. */
  get leftBytes(): number {
    return this.#maxBytes - this.#usedBytes;
  }

  /** Throws algorithm_failure, which the specification has for a host that runs out of memory, unless it has another error for what would be too much. */
  reserve(byteLength: number, whenFull: CryptoErrnoName = 'algorithm_failure'): void {
    if (byteLength > this.leftBytes) {
      throw new CryptoError(whenFull);
    }
    this.#usedBytes += byteLength;
  }

  release(byteLength: number): void {
    this.#usedBytes -= byteLength;
  }
}
