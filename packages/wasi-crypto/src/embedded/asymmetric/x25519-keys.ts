import { generateKeyPairSync } from 'node:crypto';
import { computedSecret } from './computed-secret.js';
import { curve25519Keys } from './curve25519-keys.js';
import type { KeyFamily } from './key-family.js';

/** Keys of X25519 (RFC 7748). A raw key pair is public key and secret key, in this order. */
export const x25519Keys: KeyFamily = curve25519Keys({
  name: 'x25519',
  identifier: '6e',
  firstHalf: 'public',
  checkPublicKey(publicKey) {
    // Every secret is a multiple of the cofactor, so a point of small order gives zero, which OpenSSL refuses.
    const { privateKey } = generateKeyPairSync('x25519');
    computedSecret(publicKey, privateKey).fill(0);
  },
});
