import { NnError } from '../errors.js';
import type { CountBudget } from './count-budget.js';

/** Graphs or execution contexts by the number that a guest has for them. Numbers count up from 0 and are not used again. */
export class IdTable<Entry> {
  readonly #entries = new Map<number, Entry>();
  readonly #what: string;
  readonly #budget: CountBudget;
  #next = 0;

  /** @param budget counts those of all guests. */
  constructor(what: string, budget: CountBudget) {
    this.#what = what;
    this.#budget = budget;
  }

  /** @throws {NnError} `too_large` when the guests hold too many already. */
  add(entry: Entry): number {
    this.#budget.take();
    while (this.#entries.has(this.#next)) this.#next = (this.#next + 1) >>> 0;
    const id = this.#next;
    this.#next = (this.#next + 1) >>> 0;
    this.#entries.set(id, entry);
    return id;
  }

  /** @throws {NnError} `too_large`: asked before something expensive is made. */
  checkRoom(): void {
    this.#budget.checkRoom();
  }

  /** @throws {NnError} `invalid_argument` when there is none of this number, or no more. */
  get(id: number): Entry {
    const entry = this.#entries.get(id >>> 0);
    if (entry === undefined) {
      throw new NnError('invalid_argument', `There is no ${this.#what} ${id >>> 0}.`);
    }
    return entry;
  }

  /** Takes an entry out and returns it. */
  remove(id: number): Entry {
    const entry = this.get(id);
    this.#entries.delete(id >>> 0);
    this.#budget.give();
    return entry;
  }

  has(id: number): boolean {
    return this.#entries.has(id);
  }

  ids(): readonly number[] {
    return [...this.#entries.keys()];
  }
}
