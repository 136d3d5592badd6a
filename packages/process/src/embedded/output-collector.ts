import type { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';

const blockBytes = 64 * 1024;
/** Smaller chunks are gathered in blocks: a command may write single bytes, and an object for each would take far more memory than they. */
const smallBytes = 4 * 1024;

/** Collects what a stream delivers, up to a bound. */
export class OutputCollector {
  readonly #pieces: Uint8Array[] = [];
  #block = new Uint8Array(0);
  #used = 0;
  #length = 0;
  #overflowed = false;
  /** Settles when the stream has ended, has failed or was destroyed. */
  readonly closed: Promise<unknown>;

  /** `onOverflow` is called when there is more than `maxBytes`; from then on everything is dropped. */
  constructor(stream: Readable, maxBytes: number, onOverflow: () => void) {
    this.closed = new Promise((resolve) => stream.once('close', resolve));
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => {
      this.#overflowed ||= this.#length + chunk.byteLength > maxBytes;
      if (this.#overflowed) {
        onOverflow();
      } else {
        this.#length += chunk.byteLength;
        this.#add(chunk);
      }
    });
  }

  /** Whether bytes were dropped. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** A copy of what was kept. */
  bytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const piece of [...this.#pieces, this.#block.subarray(0, this.#used)]) {
      bytes.set(piece, offset);
      offset += piece.byteLength;
    }
    return bytes;
  }

  #add(chunk: Uint8Array): void {
    if (chunk.byteLength >= smallBytes) {
      this.#closeBlock();
      this.#pieces.push(chunk);
      return;
    }
    if (this.#used + chunk.byteLength > this.#block.byteLength) {
      this.#closeBlock();
      this.#block = new Uint8Array(blockBytes);
    }
    this.#block.set(chunk, this.#used);
    this.#used += chunk.byteLength;
  }

  /** Keeps what is in the block, in its order; what is left of it is used on. */
  #closeBlock(): void {
    if (this.#used > 0) {
      this.#pieces.push(this.#block.subarray(0, this.#used));
      this.#block = this.#block.subarray(this.#used);
      this.#used = 0;
    }
  }
}
