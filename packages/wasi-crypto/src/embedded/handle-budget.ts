import { CryptoError } from './crypto-error.js';

/** How many handles of all kinds may be live in one runtime. */
export class HandleBudget {
  readonly #maxHandles: number;
  #used = 0;

  constructor(maxHandles: number) {
    this.#maxHandles = maxHandles;
  }

  /** Throws too_many_handles unless `count` more can be taken: asked before a call does what cannot be undone. */
  requireRoom(count = 1): void {
    if (this.#used + count > this.#maxHandles) {
      throw new CryptoError('too_many_handles');
    }
  }

  take(): void {
    this.requireRoom();
    this.#used += 1;
  }

  give(): void {
    this.#used -= 1;
  }
}
