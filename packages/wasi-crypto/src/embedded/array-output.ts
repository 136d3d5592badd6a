import type { SecretBuffer } from './secret-buffer.js';

/** Bytes of variable size that wait for the guest to fetch them. */
export class ArrayOutput implements Disposable {
  readonly #buffer: SecretBuffer;
  #position = 0;

  constructor(buffer: SecretBuffer) {
    this.#buffer = buffer;
  }

  /** Size of the whole output, whatever was fetched. */
  get byteLength(): number {
    return this.#buffer.length;
  }

  /** What was not fetched yet. */
  get remaining(): Uint8Array {
    return this.#buffer.bytes.subarray(this.#position);
  }

  advance(byteLength: number): void {
    this.#position += byteLength;
  }

  [Symbol.dispose](): void {
    this.#buffer[Symbol.dispose]();
  }
}
