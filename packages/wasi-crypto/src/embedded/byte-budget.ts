import { CryptoError } from './crypto-error.js';

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

  /** Throws algorithm_failure, which the specification has for a host that runs out of memory. */
  reserve(byteLength: number): void {
    if (byteLength > this.leftBytes) {
      throw new CryptoError('algorithm_failure');
    }
    this.#usedBytes += byteLength;
  }

  release(byteLength: number): void {
    this.#usedBytes -= byteLength;
  }
}
