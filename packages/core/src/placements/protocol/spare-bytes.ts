import { Buffer } from 'node:buffer';

/** More than that is not kept. */
const maxBytes = 4 * 1024 * 1024;

/** Keeps the last array that is needed no more, for the next of the same length: new memory costs more than what is copied into it. */
export class SpareBytes {
  #bytes: Uint8Array<ArrayBuffer> | undefined;

  /** An array whose content is to be overwritten. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes;
    if (bytes?.byteLength !== length) return allocateBytes(length);
    this.#bytes = undefined;
    return bytes;
  }

  keep(bytes: Uint8Array): void {
    const { buffer, byteLength } = bytes;
    if (byteLength === buffer.byteLength && byteLength <= maxBytes && buffer instanceof ArrayBuffer) {
      this.#bytes = bytes as Uint8Array<ArrayBuffer>;
    }
  }
}

/** An array with a buffer of its own that is to be overwritten, and so is not cleared. */
export function allocateBytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer as ArrayBuffer);
}

/** A copy with a buffer of its own. */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = allocateBytes(bytes.byteLength);
  copy.set(bytes);
  return copy;
}
