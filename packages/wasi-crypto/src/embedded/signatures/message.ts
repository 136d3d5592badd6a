import { createHash, type Hash } from 'node:crypto';
import type { ByteBudget } from '../byte-budget.js';
import { SecretBuffer } from '../secret-buffer.js';

/** Bytes of a message that are kept although their digest would do: node:crypto signs a whole message in one step, but no digest. */
const maxKeptBytes = 65_536;

// node:crypto takes less than 2 GiB at once.
const maxUpdateBytes = 1 << 30;

/**
 * A message that a guest gives piece by piece and may extend after it was signed. A short one is kept. Of a longer one only the state
 * of its digest is, unless the algorithm has none.
 */
export class Message implements Disposable {
  readonly #digest: string | undefined;
  readonly #kept: SecretBuffer;
  #hash: Hash | undefined;

  constructor(digest: string | undefined, budget: ByteBudget) {
    this.#digest = digest;
    this.#kept = new SecretBuffer(budget);
  }

  update(bytes: Uint8Array): void {
    const isShort = this.#kept.length + bytes.byteLength <= maxKeptBytes;
    if (this.#digest === undefined || (this.#hash === undefined && isShort)) {
      this.#kept.append(bytes, 'overflow');
      return;
    }
    if (this.#hash === undefined) {
      this.#hash = createHash(this.#digest).update(this.#kept.bytes);
      this.#kept[Symbol.dispose]();
    }
    for (let offset = 0; offset < bytes.byteLength; offset += maxUpdateBytes) {
      this.#hash.update(bytes.subarray(offset, offset + maxUpdateBytes));
    }
  }

  /** What was given so far: all of it, or its digest. */
  get content(): { readonly whole: Uint8Array } | { readonly digest: Uint8Array } {
    return this.#hash === undefined ? { whole: this.#kept.bytes } : { digest: this.#hash.copy().digest() };
  }

  [Symbol.dispose](): void {
    this.#kept[Symbol.dispose]();
    this.#hash = undefined;
  }
}

/** The message of an algorithm that has no digest, which is always kept. */
export function wholeOf({ content }: Message): Uint8Array {
  if (!('whole' in content)) {
    throw new TypeError('A message without a digest is always kept.');
  }
  return content.whole;
}
