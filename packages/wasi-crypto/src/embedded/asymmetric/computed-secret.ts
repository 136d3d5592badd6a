import { diffieHellman, type KeyObject } from 'node:crypto';
import { refusedWhen } from './invalid-key.js';

/** What two keys give by Diffie and Hellman; the caller zeroes it. Throws invalid_key for a point of small order, which gives nothing. */
export function computedSecret(publicKey: KeyObject, privateKey: KeyObject): Uint8Array<ArrayBuffer> {
  return refusedWhen(
    ({ code }) => code === 'ERR_OSSL_FAILED_DURING_DERIVATION',
    () => diffieHellman({ publicKey, privateKey }),
  ) as Uint8Array<ArrayBuffer>;
}
