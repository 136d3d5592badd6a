import type { SecretBuffer } from '../secret-buffer.js';

/** A symmetric key; closing it zeroes its bytes, and states opened with it keep their own. */
export class SymmetricKey implements Disposable {
  /** The algorithm's name as the specification writes it. */
  readonly algorithm: string;
  readonly #buffer: SecretBuffer;

  /** Takes over the buffer. */
  constructor(algorithm: string, buffer: SecretBuffer) {
    this.algorithm = algorithm;
    this.#buffer = buffer;
  }

  /** The key, not a copy. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.bytes;
  }

  [Symbol.dispose](): void {
    this.#buffer[Symbol.dispose]();
  }
}
