import { hmac } from '@noble/hashes/hmac.js';
import { zeroedAfter } from '../asymmetric/zeroed.js';
import type { ByteBudget } from '../byte-budget.js';
import { SecretBuffer } from '../secret-buffer.js';
import { type HashName, nobleHash } from './node-hash.js';
import { hashedKey, hmacOf, isLongKey } from './node-hmac.js';
import { ShortMessage } from './short-message.js';
import { SymmetricState } from './symmetric-state.js';
import { SymmetricTag } from './symmetric-tag.js';

/** An HMAC that can be copied, for clones and for tags of what was absorbed so far; node:crypto has none, but hashes to build it on. */
interface LongHmac {
  update(data: Uint8Array): unknown;
  clone(): LongHmac;
  digest(): Uint8Array;
  destroy(): void;
}

/** A message authentication code. The tag is of all that was absorbed so far; more may follow. */
export class HmacState extends SymmetricState {
  readonly algorithm: string;
  readonly #hash: HashName;
  readonly #budget: ByteBudget;
  readonly #key: SecretBuffer;
  /** Everything that was absorbed, or a short message. */
  #absorbed: LongHmac | ShortMessage;

  /** Takes over the key, which is no longer than a block of the hash. */
  constructor(
    hash: HashName,
    budget: ByteBudget,
    key: SecretBuffer,
    absorbed: LongHmac | ShortMessage = new ShortMessage(budget),
  ) {
    super();
    this.algorithm = `HMAC/${hash}`;
    this.#hash = hash;
    this.#budget = budget;
    this.#key = key;
    this.#absorbed = absorbed;
  }

  /** Copies the key. */
  static open(hash: HashName, budget: ByteBudget, key: Uint8Array): HmacState {
    const blockKey = isLongKey(hash, key)
      ? zeroedAfter(hashedKey(hash, key), (hashed) => new SecretBuffer(budget, hashed))
      : new SecretBuffer(budget, key);
    return new HmacState(hash, budget, blockKey);
  }

  override clone(): HmacState {
    const key = this.#key.clone();
    try {
      const copy = this.#absorbed.clone() ?? this.#hmac().clone();
      return new HmacState(this.#hash, this.#budget, key, copy);
    } catch (error) {
      key[Symbol.dispose]();
      throw error;
    }
  }

  override absorb(data: Uint8Array): void {
    if (this.#absorbed instanceof ShortMessage && this.#absorbed.append(data)) return;
    this.#hmac().update(data);
  }

  override squeezeTag(): SymmetricTag {
    return new SymmetricTag(
      this.#absorbed instanceof ShortMessage
        ? hmacOf(this.#hash, this.#key.bytes, this.#absorbed.bytes)
        : this.#absorbed.clone().digest(),
    );
  }

  override [Symbol.dispose](): void {
    this.#key[Symbol.dispose]();
    if (this.#absorbed instanceof ShortMessage) this.#absorbed[Symbol.dispose]();
    else this.#absorbed.destroy();
  }

  /** What goes on from what was absorbed, however long that gets. */
  #hmac(): LongHmac {
    if (!(this.#absorbed instanceof ShortMessage)) return this.#absorbed;
    const short = this.#absorbed;
    const long = hmac.create(nobleHash(this.#hash), this.#key.bytes);
    long.update(short.bytes);
    short[Symbol.dispose]();
    this.#absorbed = long;
    return long;
  }
}
