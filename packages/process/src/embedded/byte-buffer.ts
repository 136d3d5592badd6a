/** Bytes that grow at the end, in one piece of memory: many small additions cost no object each. */
export class ByteBuffer {
  #storage = new Uint8Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    const length = this.#length + bytes.byteLength;
    if (length > this.#storage.byteLength) {
      const grown = new Uint8Array(Math.max(length, this.#storage.byteLength * 2, 64));
      grown.set(this.bytes());
      this.#storage = grown;
    }
    this.#storage.set(bytes, this.#length);
    this.#length = length;
  }

  /** The bytes so far; valid until the next addition. */
  bytes(): Uint8Array {
    return this.#storage.subarray(0, this.#length);
  }
}
