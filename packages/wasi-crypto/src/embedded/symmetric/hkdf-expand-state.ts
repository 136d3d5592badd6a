import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SecretBuffer } from '../secret-buffer.js';
import { type HashName, hashFunctions } from './node-hash.js';
import { hmacOf } from './node-hmac.js';
import { SymmetricState } from './symmetric-state.js';

const maxInfoBytes = 1 << 20;
// Every block of the output hashes the info again, 255 times at most, and a guest waits for nothing else in a call.
const maxHashedBytes = 1 << 24;

const nothing = new Uint8Array(0);

/** The second half of HKDF (RFC 5869): the key is the pseudorandom key, what is absorbed the info. Squeezing consumes nothing. */
export class HkdfExpandState extends SymmetricState {
  readonly algorithm: string;
  readonly #hash: HashName;
  readonly #key: SecretBuffer;
  readonly #info: SecretBuffer;

  /** Takes over the buffers. */
  constructor(hash: HashName, key: SecretBuffer, info: SecretBuffer) {
    super();
    this.algorithm = `HKDF-EXPAND/${hash}`;
    this.#hash = hash;
    this.#key = key;
    this.#info = info;
  }

  static open(hash: HashName, budget: ByteBudget, key: SecretBuffer): HkdfExpandState {
    return new HkdfExpandState(hash, key, new SecretBuffer(budget));
  }

  override clone(): HkdfExpandState {
    const key = this.#key.clone();
    try {
      return new HkdfExpandState(this.#hash, key, this.#info.clone());
    } catch (error) {
      key[Symbol.dispose]();
      throw error;
    }
  }

  override absorb(data: Uint8Array): void {
    if (this.#info.length + data.byteLength > maxInfoBytes) {
      throw new CryptoError('overflow');
    }
    this.#info.append(data, 'overflow');
  }

  override squeeze(output: Uint8Array): void {
    if (output.byteLength > 255 * hashFunctions[this.#hash].digestBytes) {
      throw new CryptoError('invalid_length');
    }
    const blocks = Math.ceil(output.byteLength / hashFunctions[this.#hash].digestBytes);
    if (blocks * this.#info.length > maxHashedBytes) {
      throw new CryptoError('overflow');
    }
    let block: Uint8Array = nothing;
    for (let offset = 0, count = 1; offset < output.length; count++) {
      const next = hmacOf(this.#hash, this.#key.bytes, block, this.#info.bytes, Uint8Array.of(count));
      block.fill(0);
      block = next;
      output.set(block.subarray(0, output.length - offset), offset);
      offset += block.length;
    }
    block.fill(0);
  }

  override [Symbol.dispose](): void {
    this.#key[Symbol.dispose]();
    this.#info[Symbol.dispose]();
  }
}
