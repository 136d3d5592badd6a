import { MemoryLimitError } from '../errors/guest-errors.js';
import { most } from './implementation-limits.js';

/** What the tables of one guest were given. */
export interface TableShare {
  /** Elements that its tables start with. */
  readonly declared: number;
  /** Elements by which they may grow, all together. */
  readonly room: number;
}

/**
 * The elements that the tables of all guests of a runtime may have together. An engine does not tell of growth, so what a guest may
 * grow by is set apart when it comes: half of all for the first, and never more than is left for the next ones.
 */
export class TableBudget {
  #left: number = most.tableElements;
  #growing = 0;

  /**
   * Gives a guest's tables what they start with, and at most `wanted` elements more.
   *
   * @throws {MemoryLimitError} when they start with more than is left.
   */
  take(declared: number, wanted: number): TableShare {
    if (declared > this.#left) {
      const others = most.tableElements - this.#left;
      throw new MemoryLimitError(
        `The guest declares tables of ${declared} elements${others === 0 ? '' : `, the other guests of this runtime have ${others}`}, but at most ${most.tableElements} are allowed for all of them together. Build it with smaller tables, or use a separate runtime.`,
      );
    }
    const left = this.#left - declared;
    const room = Math.min(wanted, Math.floor(left / (this.#growing + 2)));
    this.#left = left - room;
    if (room > 0) this.#growing++;
    return { declared, room };
  }

  /** Takes back what a guest had that is gone. */
  giveBack({ declared, room }: TableShare): void {
    this.#left += declared + room;
    if (room > 0) this.#growing--;
  }
}
