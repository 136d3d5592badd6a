import type { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';

/** Collects what a stream delivers, up to a bound. */
export class OutputCollector {
  readonly #chunks: Buffer[] = [];
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
        this.#chunks.push(chunk);
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
    for (const chunk of this.#chunks) {
      bytes.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return bytes;
  }
}
