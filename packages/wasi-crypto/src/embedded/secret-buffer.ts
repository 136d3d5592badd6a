import type { ByteBudget } from './byte-budget.js';
import type { CryptoErrnoName } from './errno.js';

const noBytes = new Uint8Array(0);

/**
 * A copy of bytes that came from a guest or belong to a secret. It can grow at the end, counts against the runtime's bound, and is
 * zeroed when it grows out of its storage and when it is disposed.
 */
export class SecretBuffer implements Disposable {
  readonly #budget: ByteBudget;
  #storage = noBytes;
  #length = 0;

  constructor(budget: ByteBudget, bytes?: Uint8Array) {
    this.#budget = budget;
    if (bytes !== undefined) {
      this.append(bytes);
    }
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes, not a copy; valid until the next addition and until disposal. */
  get bytes(): Uint8Array<ArrayBuffer> {
    // V8 has small arrays on its heap and moves them out, for a microsecond, when a part of one is asked for.
    return this.#length === this.#storage.length ? this.#storage : this.#storage.subarray(0, this.#length);
  }

  /** Throws `whenFull` when the bound leaves no room. */
  append(bytes: Uint8Array, whenFull?: CryptoErrnoName): void {
    const length = this.#length + bytes.length;
    if (length > this.#storage.length) {
      // Twice the size, so that many small additions do not copy everything each time; less where the bound leaves less.
      const room = Math.min(this.#length, this.#budget.leftBytes);
      this.#grow(Math.max(length, this.#storage.length + room), whenFull);
    }
    this.#storage.set(bytes, this.#length);
    this.#length = length;
  }

  clone(): SecretBuffer {
    return new SecretBuffer(this.#budget, this.bytes);
  }

  [Symbol.dispose](): void {
    this.#storage.fill(0);
    this.#budget.release(this.#storage.length);
    this.#storage = noBytes;
    this.#length = 0;
  }

  #grow(capacity: number, whenFull: CryptoErrnoName | undefined): void {
    this.#budget.reserve(capacity - this.#storage.length, whenFull);
    const grown = new Uint8Array(capacity);
    grown.set(this.bytes);
    this.#storage.fill(0);
    this.#storage = grown;
  }
}
