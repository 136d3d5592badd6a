/** So many are kept: those that guests are ended with are the latest. */
const maxKept = 64;

/** What was thrown here into a member, so that it is the same when it comes back. */
export class ThrownErrors {
  readonly #kept = new Map<number, unknown>();
  #last = 0;

  /** Keeps it; gives its number. */
  keep(thrown: unknown): number {
    const number = ++this.#last;
    this.#kept.set(number, thrown);
    this.#kept.delete(number - maxKept);
    return number;
  }

  has(number: number | undefined): number is number {
    return number !== undefined && this.#kept.has(number);
  }

  get(number: number): unknown {
    return this.#kept.get(number);
  }

  clear(): void {
    this.#kept.clear();
  }
}
