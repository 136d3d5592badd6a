const slabBytes = 64 * 1024;
/** Smaller pieces are gathered: a server may send single bytes, and an object for each would take far more memory than they. */
const smallBytes = 4 * 1024;

/** Bytes as they arrive, in their pieces until all are there. */
export class ResponseBytes {
  #pieces: Uint8Array[] = [];
  #slab = new Uint8Array(0);
  #used = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Takes a piece, which must not change after. */
  add(piece: Uint8Array): void {
    this.#length += piece.byteLength;
    if (piece.byteLength >= smallBytes) {
      this.#closeSlab();
      this.#pieces.push(piece);
      return;
    }
    if (this.#used + piece.byteLength > this.#slab.byteLength) {
      this.#closeSlab();
      this.#slab = new Uint8Array(slabBytes);
    }
    this.#slab.set(piece, this.#used);
    this.#used += piece.byteLength;
  }

  /** All bytes, in a buffer of their own so that it can be moved to another thread. The pieces are forgotten. */
  join(): Uint8Array<ArrayBuffer> {
    this.#closeSlab();
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      joined.set(piece, at);
      at += piece.byteLength;
    }
    this.#pieces = [];
    this.#length = 0;
    return joined;
  }

  /** Keeps what is in the slab, in its order; what is left of it is used on. */
  #closeSlab(): void {
    if (this.#used > 0) {
      this.#pieces.push(this.#slab.subarray(0, this.#used));
      this.#slab = this.#slab.subarray(this.#used);
      this.#used = 0;
    }
  }
}
