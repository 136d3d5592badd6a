import { NnError } from '../errors.js';

/** Bytes that the models and tensors of a runtime's guests hold together, and the most that they may. */
export class MemoryBudget {
  readonly #most: number;
  #used = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Counts bytes in, before they are allocated.
   *
   * @throws {NnError} `too_large` when they would be more than there may be; nothing is counted then.
   */
  take(bytes: number, what: string): void {
    if (this.#used + bytes > this.#most) {
      throw new NnError(
        'too_large',
        `There is no room for ${what} of ${bytes} bytes: models and tensors of guests hold ${this.#used} of at most ${this.#most} bytes. Free some in the guest, or raise maxBytes in the host.`,
      );
    }
    this.#used += bytes;
  }

  /** Counts bytes in that are there already, such as results, whose size shows when they have been computed. */
  add(bytes: number): void {
    this.#used += bytes;
  }

  /** Counts bytes out. */
  free(bytes: number): void {
    this.#used -= bytes;
  }
}
