import { randomBytes } from 'node:crypto';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SecretBuffer } from '../secret-buffer.js';
import { type AeadCipher, aeadTagBytes } from './aead-cipher.js';
import { NonceUse } from './nonce-use.js';
import { SymmetricState } from './symmetric-state.js';
import { transform } from './transform.js';

// node:crypto takes less than 2 GiB.
const maxAdditionalBytes = 2 ** 31 - 1;

/** Authenticated encryption. What is absorbed is the additional data; one message is encrypted or decrypted under the nonce, no more. */
export class AeadState extends SymmetricState {
  readonly algorithm: string;
  readonly #cipher: AeadCipher;
  readonly #key: SecretBuffer;
  readonly #nonce: Uint8Array;
  readonly #additionalData: SecretBuffer;
  readonly #nonceUse: NonceUse;
  #used = false;

  /** Takes over key and additional data. */
  constructor(
    cipher: AeadCipher,
    key: SecretBuffer,
    nonce: Uint8Array,
    additionalData: SecretBuffer,
    nonceUse = new NonceUse(),
  ) {
    super();
    this.algorithm = cipher.name;
    this.#cipher = cipher;
    this.#key = key;
    this.#nonce = nonce;
    this.#additionalData = additionalData;
    this.#nonceUse = nonceUse;
  }

  /** `nonce` is what the guest's options hold; undefined when there are no options. Copies both. */
  static open(
    cipher: AeadCipher,
    budget: ByteBudget,
    key: Uint8Array,
    options: { readonly nonce: Uint8Array | undefined } | undefined,
  ): AeadState {
    const nonce = nonceFor(cipher, options?.nonce);
    return new AeadState(cipher, new SecretBuffer(budget, key), nonce, new SecretBuffer(budget));
  }

  override clone(): AeadState {
    const key = this.#key.clone();
    try {
      const additionalData = this.#additionalData.clone();
      const clone = new AeadState(this.#cipher, key, this.#nonce, additionalData, this.#nonceUse.share());
      clone.#used = this.#used;
      return clone;
    } catch (error) {
      key[Symbol.dispose]();
      throw error;
    }
  }

  override option(name: string): Uint8Array {
    return name === 'nonce' ? this.#nonce : super.option(name);
  }

  override absorb(data: Uint8Array): void {
    this.#checkUnused();
    if (this.#additionalData.length + data.byteLength > maxAdditionalBytes) {
      throw new CryptoError('overflow');
    }
    this.#additionalData.append(data, 'overflow');
  }

  override maxTagBytes(): number {
    return aeadTagBytes;
  }

  override encrypt(output: Uint8Array, data: Uint8Array): Uint8Array {
    this.#checkUnused();
    this.#nonceUse.encrypting(this.#additionalData.bytes, data);
    this.#used = true;
    return this.#orZeroed(output, () => {
      const cipher = this.#cipher.encryptor(this.#key.bytes, this.#nonce);
      cipher.setAAD(this.#additionalData.bytes);
      transform(cipher, output, data);
      cipher.final();
      return cipher.getAuthTag();
    });
  }

  override decrypt(output: Uint8Array, data: Uint8Array, tag: Uint8Array): void {
    this.#checkUnused();
    this.#orZeroed(output, () => {
      if (tag.byteLength !== aeadTagBytes) {
        throw new CryptoError('invalid_tag');
      }
      this.#nonceUse.decrypting();
      this.#used = true;
      const decipher = this.#cipher.decryptor(this.#key.bytes, this.#nonce);
      decipher.setAAD(this.#additionalData.bytes);
      decipher.setAuthTag(Uint8Array.from(tag)); // The output may lie over it.
      transform(decipher, output, data);
      try {
        decipher.final();
      } catch {
        // Nothing is left to decrypt: comparing the tags is all that this does.
        throw new CryptoError('invalid_tag');
      }
    });
  }

  override [Symbol.dispose](): void {
    this.#key[Symbol.dispose]();
    this.#additionalData[Symbol.dispose]();
  }

  /** What was not authenticated does not stay in the output, nor what was moved there. */
  #orZeroed<Result>(output: Uint8Array, fill: () => Result): Result {
    try {
      return fill();
    } catch (error) {
      output.fill(0);
      throw error;
    }
  }

  #checkUnused(): void {
    if (this.#used) {
      throw new CryptoError('algorithm_failure');
    }
  }
}

function nonceFor(cipher: AeadCipher, given: Uint8Array | undefined): Uint8Array {
  if (given === undefined) {
    if (!cipher.randomNonce) {
      throw new CryptoError('nonce_required');
    }
    return randomBytes(cipher.nonceBytes);
  }
  if (given.byteLength !== cipher.nonceBytes) {
    throw new CryptoError('invalid_nonce');
  }
  return Uint8Array.from(given);
}
