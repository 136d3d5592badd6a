import { Buffer } from 'node:buffer';
import { generateKeyPairSync } from 'node:crypto';
import { computedSecret } from './computed-secret.js';
import { curve25519Keys } from './curve25519-keys.js';
import { requireValidKey } from './invalid-key.js';
import type { KeyFamily } from './key-family.js';

/** Keys of X25519 (RFC 7748). A raw key pair is public key and secret key, in this order. */
export const x25519Keys: KeyFamily = curve25519Keys({
  name: 'x25519',
  identifier: '6e',
  firstHalf: 'public',
  checkPublicKey(publicKey) {
    requireValidKey(isCanonical(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)));
    // Every secret is a multiple of the cofactor, so a point of small order gives zero, which OpenSSL refuses.
    const { privateKey } = generateKeyPairSync('x25519');
    computedSecret(publicKey, privateKey).fill(0);
  },
});

/** 2^255 - 19, whose multiples are taken off the coordinate where it is used (RFC 7748, section 5). */
const prime = Buffer.from(`7f${'ff'.repeat(30)}ed`, 'hex');

/** Whether the coordinate is below the prime: each has one such form, and others that mean the same. */
function isCanonical(littleEndian: Uint8Array): boolean {
  return Buffer.compare(Uint8Array.from(littleEndian).reverse(), prime) < 0;
}
