// Guests that never ask again must cost nothing; those that do ask at once.
const remembered = 64;

/** The outputs that were consumed last and have not told their end yet, by handle. */
export class ConsumedOutputs {
  readonly #byteLengths = new Map<number, number>();

  add(handle: number, byteLength: number): void {
    this.#byteLengths.set(handle >>> 0, byteLength);
    if (this.#byteLengths.size > remembered) {
      const [oldest = 0] = this.#byteLengths.keys();
      this.#byteLengths.delete(oldest);
    }
  }

  /** Size of the output, if it is one of these. */
  byteLength(handle: number): number | undefined {
    return this.#byteLengths.get(handle >>> 0);
  }

  /** Whether the output is one of these, which it then no longer is. */
  take(handle: number): boolean {
    return this.#byteLengths.delete(handle >>> 0);
  }
}
