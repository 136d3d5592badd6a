import type { OutputSink } from '../endpoints.js';
import { WasiError } from '../wasi-error.js';

/** Maximum number of bytes that are captured of one stream unless an option says otherwise: 256 MiB. A guest that writes more gets `nospc`, so that it cannot exhaust the host. */
export const captureLimit = 256 * 1024 * 1024;

/** Collects what a guest writes. One buffer that doubles, so that many small writes cost no more than few large ones. */
export class ByteSink implements OutputSink {
  #buffer = new Uint8Array(0);
  #length = 0;
  #limit: number;

  constructor(limit = captureLimit) {
    this.#limit = limit;
  }

  /** Appends as much as fits; returns the number of bytes. */
  write(bytes: Uint8Array): number {
    const room = this.#limit - this.#length;
    if (room === 0 && bytes.byteLength > 0) throw new WasiError('nospc');
    const taken = bytes.subarray(0, room);
    const end = this.#length + taken.byteLength;
    if (end > this.#buffer.byteLength) {
      const larger = new Uint8Array(Math.min(this.#limit, Math.max(1024, end, 2 * this.#buffer.byteLength)));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(taken, this.#length);
    this.#length = end;
    return taken.byteLength;
  }

  /** Number of bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** A copy of what there is, from this position on. */
  bytes(start = 0): Uint8Array {
    return this.#buffer.slice(start, this.#length);
  }

  /** Forgets everything; from now on it takes so many bytes. */
  clear(limit = this.#limit): void {
    this.#buffer = new Uint8Array(0);
    this.#length = 0;
    this.#limit = limit;
  }
}
