import type { CryptoState } from './crypto-state.js';
import { SecretBuffer } from './secret-buffer.js';

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

/** Copies the bytes, which stay as they are, into an output of the runtime; returns the handle for the guest. */
export function copiedArrayOutput(state: CryptoState, bytes: Uint8Array): number {
  return state.arrayOutputs.add(new ArrayOutput(new SecretBuffer(state.bytes, bytes)));
}

/** Copies the bytes into an output of the runtime and zeroes the ones given; returns the handle for the guest. */
export function newArrayOutput(state: CryptoState, bytes: Uint8Array): number {
  try {
    return copiedArrayOutput(state, bytes);
  } finally {
    bytes.fill(0);
  }
}
