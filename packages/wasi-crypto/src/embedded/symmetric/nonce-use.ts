import { Buffer } from 'node:buffer';
import { CryptoError } from '../crypto-error.js';
import { NodeHash } from './node-hash.js';

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
    if (this.#message !== undefined && Buffer.compare(message, this.#message) !== 0) {
      throw new CryptoError('algorithm_failure');
    }
    this.#message = message;
  }

  /** Whose message is decrypted has used the nonce. */
  decrypting(): void {
    this.#decrypted = true;
  }
}

function digestOf(additionalData: Uint8Array, data: Uint8Array): Uint8Array {
  const length = new BigUint64Array([BigInt(additionalData.byteLength)]);
  const hash = new NodeHash('SHA-256').update(new Uint8Array(length.buffer));
  return hash.update(additionalData).update(data).digest();
}
