/** Up to this length, room is made at once; beyond it, as the bytes come. */
const trustedBytes = 4_194_304;

/** Gathers a body of at most `maxBytes` in one buffer. */
export class AnswerBody {
  #bytes: Buffer;
  #length = 0;

  /** @param announced the length that the headers state; undefined if they do not */
  constructor(
    readonly maxBytes: number,
    announced: number | undefined,
  ) {
    this.#bytes = Buffer.allocUnsafe(Math.min(announced ?? 4096, trustedBytes, maxBytes));
  }

  /** The body so far. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes a part; `false`, and nothing is kept of it, when there is too much. */
  add(chunk: Buffer): boolean {
    const needed = this.#length + chunk.byteLength;
    if (needed > this.maxBytes) return false;
    if (needed > this.#bytes.byteLength) {
      const larger = Buffer.allocUnsafe(
        Math.min(this.maxBytes, Math.max(needed, 2 * this.#bytes.byteLength)),
      );
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += chunk.copy(this.#bytes, this.#length);
    return true;
  }
}
