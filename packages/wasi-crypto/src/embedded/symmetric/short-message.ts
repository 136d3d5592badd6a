import type { ByteBudget } from '../byte-budget.js';
import { SecretBuffer } from '../secret-buffer.js';

/** A longer message is hashed as it comes, which bounds what one state holds. */
const maxBytes = 4096;

/**
 * What a state has absorbed, as long as it is little: to hash it in one step takes a third of the time that an object takes which can be
 * copied and continued.
 */
export class ShortMessage implements Disposable {
  readonly #budget: ByteBudget;
  readonly #buffer: SecretBuffer;

  constructor(budget: ByteBudget, bytes?: Uint8Array) {
    this.#budget = budget;
    this.#buffer = new SecretBuffer(budget, bytes);
  }

  /** The bytes, not a copy; valid until the next addition and until disposal. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.bytes;
  }

  /** Adds the bytes, or returns `false` where the message would be too long or the runtime holds too much. */
  append(bytes: Uint8Array): boolean {
    const { length } = bytes;
    if (this.#buffer.length + length > maxBytes || length > this.#budget.leftBytes) return false;
    this.#buffer.append(bytes);
    return true;
  }

  /** A copy, or `undefined` where the runtime holds too much. */
  clone(): ShortMessage | undefined {
    const { bytes } = this.#buffer;
    return bytes.length > this.#budget.leftBytes ? undefined : new ShortMessage(this.#budget, bytes);
  }

  [Symbol.dispose](): void {
    this.#buffer[Symbol.dispose]();
  }
}
