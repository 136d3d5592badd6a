/** Bytes as they arrive, in their pieces until all are there: each is copied once. */
export class ResponseBytes {
  #chunks: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.byteLength;
  }

  /** All bytes, in a buffer of their own so that it can be moved to another thread. */
  join(): Uint8Array<ArrayBuffer> {
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.byteLength;
    }
    this.#chunks = [];
    return joined;
  }
}
