import type { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';

/** Chunks are gathered in blocks: a command may write single bytes, and an object for each would take far more memory than they. */
const blockBytes = 64 * 1024;

/** Collects what a stream delivers, up to a bound. */
export class OutputCollector {
  readonly #full: Uint8Array[] = [];
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
    for (const block of [...this.#full, this.#block.subarray(0, this.#used)]) {
      bytes.set(block, offset);
      offset += block.byteLength;
    }
    return bytes;
  }

  #add(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.byteLength > 0) {
      if (this.#used === this.#block.byteLength) {
        this.#full.push(this.#block);
        this.#block = new Uint8Array(blockBytes);
        this.#used = 0;
      }
      const part = rest.subarray(0, blockBytes - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.byteLength;
      rest = rest.subarray(part.byteLength);
    }
  }
}
