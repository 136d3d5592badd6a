import { timingSafeEqual } from 'node:crypto';

/** An authentication tag. */
export class SymmetricTag implements Disposable {
  readonly #bytes: Uint8Array;

  /** Takes over the bytes. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Compares the whole tag, in a time that does not depend on where the bytes differ. */
  equals(expected: Uint8Array): boolean {
    return expected.byteLength === this.#bytes.byteLength && timingSafeEqual(expected, this.#bytes);
  }

  [Symbol.dispose](): void {
    this.#bytes.fill(0);
  }
}
