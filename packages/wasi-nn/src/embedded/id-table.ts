import { NnError } from '../errors.js';

/** Graphs or execution contexts by the number that a guest has for them. Numbers count up from 0 and are not used again. */
export class IdTable<Entry> {
  readonly #entries = new Map<number, Entry>();
  readonly #what: string;
  readonly #most: number;
  readonly #option: string;
  #next = 0;

  /**
   * @param most how many there may be at a time.
   * @param option the option by which the host says so.
   */
  constructor(what: string, most: number, option: string) {
    this.#what = what;
    this.#most = most;
    this.#option = option;
  }

  /** @throws {NnError} `too_large` when the guests hold too many already. */
  add(entry: Entry): number {
    this.checkRoom();
    const id = this.#next;
    this.#next = (this.#next + 1) >>> 0;
    this.#entries.set(id, entry);
    return id;
  }

  /** @throws {NnError} `too_large`: asked before something expensive is made. */
  checkRoom(): void {
    if (this.#entries.size >= this.#most || this.#entries.has(this.#next)) {
      throw new NnError(
        'too_large',
        `There are ${this.#entries.size} ${this.#what}s already; the guest must free some, or the host allow more with ${this.#option}.`,
      );
    }
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
    return entry;
  }

  has(id: number): boolean {
    return this.#entries.has(id);
  }

  entries(): IterableIterator<[number, Entry]> {
    return this.#entries.entries();
  }
}
