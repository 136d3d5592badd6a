import { hmac } from '@noble/hashes/hmac.js';
import { type HashName, nobleHash } from './node-hash.js';
import { SymmetricState } from './symmetric-state.js';
import { SymmetricTag } from './symmetric-tag.js';

/** An HMAC that can be copied, for clones and for tags of what was absorbed so far; node:crypto has none, but hashes to build it on. */
interface Hmac {
  update(data: Uint8Array): unknown;
  clone(): Hmac;
  digest(): Uint8Array;
  destroy(): void;
}

/** A message authentication code. The tag is of all that was absorbed so far; more may follow. */
export class HmacState extends SymmetricState {
  readonly algorithm: string;
  readonly #hmac: Hmac;

  constructor(algorithm: string, state: Hmac) {
    super();
    this.algorithm = algorithm;
    this.#hmac = state;
  }

  static open(algorithm: string, hash: HashName, key: Uint8Array): HmacState {
    return new HmacState(algorithm, hmac.create(nobleHash(hash), key));
  }

  override clone(): HmacState {
    return new HmacState(this.algorithm, this.#hmac.clone());
  }

  override absorb(data: Uint8Array): void {
    this.#hmac.update(data);
  }

  override squeezeTag(): SymmetricTag {
    return new SymmetricTag(this.#hmac.clone().digest());
  }

  override [Symbol.dispose](): void {
    this.#hmac.destroy();
  }
}
