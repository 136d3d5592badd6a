import { createHash } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';

/**
 * Sees to it that the clones of one state, which have its nonce, do not encrypt two messages under it: that would give both away.
 * Encrypting the same message again is harmless, and what a clone is for where nothing was absorbed in between.
 */
export class NonceUse {
  #shared = false;
  #message: Uint8Array | undefined;
  #decrypted = false;

  /** Another state has the nonce from now on. */
  share(): this {
    this.#shared = true;
    return this;
  }

  encrypting(additionalData: Uint8Array, data: Uint8Array): void {
    if (this.#decrypted) {
      throw new CryptoError('algorithm_failure');
    }
    if (!this.#shared) {
      return; // The state has one operation; whoever is made from it later has none.
    }
    const message = digestOf(additionalData, data);
    if (this.#message !== undefined && !message.equals(this.#message)) {
      throw new CryptoError('algorithm_failure');
    }
    this.#message = message;
  }

  /** Whose message is decrypted has used the nonce. */
  decrypting(): void {
    this.#decrypted = true;
  }
}

function digestOf(additionalData: Uint8Array, data: Uint8Array): Buffer {
  const length = new BigUint64Array([BigInt(additionalData.byteLength)]);
  return createHash('sha256').update(length).update(additionalData).update(data).digest();
}
