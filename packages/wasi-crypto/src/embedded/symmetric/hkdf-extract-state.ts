import { zeroedAfter } from '../asymmetric/zeroed.js';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SecretBuffer } from '../secret-buffer.js';
import type { HashName } from './node-hash.js';
import { hashedKey, hmacOf, isLongKey } from './node-hmac.js';
import { SymmetricKey } from './symmetric-key.js';
import { SymmetricState } from './symmetric-state.js';

/** The first half of HKDF (RFC 5869): the key is the input keying material, what is absorbed the salt. */
export class HkdfExtractState extends SymmetricState {
  readonly algorithm: string;
  readonly #hash: HashName;
  readonly #budget: ByteBudget;
  readonly #keyingMaterial: SecretBuffer;
  readonly #salt: SecretBuffer;

  /** Takes over the buffers. */
  constructor(
    hash: HashName,
    budget: ByteBudget,
    keyingMaterial: SecretBuffer,
    salt = new SecretBuffer(budget),
  ) {
    super();
    this.algorithm = `HKDF-EXTRACT/${hash}`;
    this.#hash = hash;
    this.#budget = budget;
    this.#keyingMaterial = keyingMaterial;
    this.#salt = salt;
  }

  override clone(): HkdfExtractState {
    const keyingMaterial = this.#keyingMaterial.clone();
    try {
      return new HkdfExtractState(this.#hash, this.#budget, keyingMaterial, this.#salt.clone());
    } catch (error) {
      keyingMaterial[Symbol.dispose]();
      throw error;
    }
  }

  override absorb(data: Uint8Array): void {
    this.#salt.append(data, 'overflow');
  }

  override squeezeKey(lowerCaseName: string): SymmetricKey {
    const algorithm = `HKDF-EXPAND/${this.#hash}`;
    if (lowerCaseName !== algorithm.toLowerCase()) {
      throw new CryptoError('unsupported_algorithm');
    }
    return zeroedAfter(
      this.#extract(),
      (key) => new SymmetricKey(algorithm, new SecretBuffer(this.#budget, key)),
    );
  }

  override [Symbol.dispose](): void {
    this.#keyingMaterial[Symbol.dispose]();
    this.#salt[Symbol.dispose]();
  }

  /** An absent salt is as many zeros as a digest has, and HMAC fills every key with zeros. */
  #extract(): Uint8Array {
    const { bytes } = this.#salt;
    const extractWith = (salt: Uint8Array) => hmacOf(this.#hash, salt, this.#keyingMaterial.bytes);
    return isLongKey(this.#hash, bytes)
      ? zeroedAfter(hashedKey(this.#hash, bytes), extractWith)
      : extractWith(bytes);
  }
}
