import { extract } from '@noble/hashes/hkdf.js';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SecretBuffer } from '../secret-buffer.js';
import { type HashName, nobleHash } from './node-hash.js';
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
    this.#salt.append(data);
  }

  override squeezeKey(algorithm: string): SymmetricKey {
    if (algorithm !== `HKDF-EXPAND/${this.#hash}`) {
      throw new CryptoError('unsupported_algorithm');
    }
    const key = extract(nobleHash(this.#hash), this.#keyingMaterial.bytes, this.#salt.bytes);
    try {
      return new SymmetricKey(algorithm, new SecretBuffer(this.#budget, key));
    } finally {
      key.fill(0);
    }
  }

  override [Symbol.dispose](): void {
    this.#keyingMaterial[Symbol.dispose]();
    this.#salt[Symbol.dispose]();
  }
}
