import { CryptoError } from './crypto-error.js';

/** How many handles of all kinds may be live in one runtime. */
export class HandleBudget {
  readonly #maxHandles: number;
  #used = 0;

  constructor(maxHandles: number) {
    this.#maxHandles = maxHandles;
  }

  take(): void {
    if (this.#used >= this.#maxHandles) {
      throw new CryptoError('too_many_handles');
    }
    this.#used += 1;
  }

  give(): void {
    this.#used -= 1;
  }
}
