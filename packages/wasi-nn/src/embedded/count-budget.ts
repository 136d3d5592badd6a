import { NnError } from '../errors.js';

/** How many graphs or execution contexts the guests of a runtime have together, and the most that they may. */
export class CountBudget {
  readonly #what: string;
  readonly #most: number;
  readonly #option: string;
  #used = 0;

  /**
   * @param most how many there may be at a time.
   * @param option the option by which the host says so.
   */
  constructor(what: string, most: number, option: string) {
    this.#what = what;
    this.#most = most;
    this.#option = option;
  }

  /** @throws {NnError} `too_large`: asked before something expensive is made. */
  checkRoom(): void {
    if (this.#used >= this.#most) {
      throw new NnError(
        'too_large',
        `There are already ${this.#used} ${this.#what}s; free some in the guests, or raise ${this.#option} in the host.`,
      );
    }
  }

  /** @throws {NnError} `too_large` when the guests hold too many already. */
  take(): void {
    this.checkRoom();
    this.#used++;
  }

  give(): void {
    this.#used--;
  }
}
