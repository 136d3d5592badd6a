import type { InputSource } from '../endpoints.js';

/** Input that is there from the beginning. */
export class BytesSource implements InputSource {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(bytes: Uint8Array): number {
    const part = this.#bytes.subarray(this.#position, this.#position + bytes.byteLength);
    bytes.set(part);
    this.#position += part.byteLength;
    return part.byteLength;
  }

  available(): number {
    return this.#bytes.byteLength - this.#position;
  }
}
