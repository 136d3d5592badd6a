import { createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { refusedWhen, requireValidKey } from './invalid-key.js';
import { type KeyEncoding, unsupportedEncoding } from './key-encoding.js';
import type { KeyFamily } from './key-family.js';
import { zeroedAfter } from './zeroed.js';

const { publicKey: publicKeyBytes = 0, secretKey: secretKeyBytes = 0 } = ml_kem768.lengths;
// A decapsulation key (FIPS 203, algorithm 16) holds the encapsulation key behind its own 1152 bytes.
const publicKeyStart = 1152;

/**
 * Keys of ML-KEM-768, raw only: the encapsulation key, the decapsulation key as FIPS 203 writes it, and the two one after the other
 * for a pair. node:crypto does not know the algorithm, so the bytes are kept in a `KeyObject` for secrets.
 */
export const mlKem768Keys: KeyFamily = {
  storedEncoding: 'raw',
  generate() {
    return zeroedAfter(ml_kem768.keygen().secretKey, (secretKey) => createSecretKey(secretKey));
  },
  publicKeyOf: (privateKey) => zeroedAfter(privateKey.export(), publicHalf),
  importKeyPair(encoding, bytes) {
    requireRaw(encoding);
    requireValidKey(bytes.byteLength === publicKeyBytes + secretKeyBytes);
    const privateKey = importSecretKey(bytes.subarray(publicKeyBytes));
    requireValidKey(
      mlKem768Keys.publicKeyOf(privateKey).equals(createSecretKey(bytes.subarray(0, publicKeyBytes))),
    );
    return privateKey;
  },
  importSecretKey(encoding, bytes) {
    requireRaw(encoding);
    return importSecretKey(bytes);
  },
  importPublicKey(encoding, bytes) {
    requireRaw(encoding);
    requireValidPublicKey(bytes);
    return createSecretKey(bytes);
  },
  exportKeyPair(privateKey, encoding) {
    requireRaw(encoding);
    return zeroedAfter(privateKey.export(), (secretKey) => {
      const pair = new Uint8Array(publicKeyBytes + secretKeyBytes);
      pair.set(secretKey.subarray(publicKeyStart, publicKeyStart + publicKeyBytes));
      pair.set(secretKey, publicKeyBytes);
      return pair;
    });
  },
  exportSecretKey: exportRaw,
  exportPublicKey: exportRaw,
  checkPublicKey: (publicKey) => requireValidPublicKey(publicKey.export()),
};

/**
 * A decapsulation key whose hash is right (FIPS 203, section 7.3) and which finds what is encapsulated for the key inside (section 7.1):
 * its two halves belong together.
 */
function importSecretKey(bytes: Uint8Array): KeyObject {
  requireValidKey(bytes.byteLength === secretKeyBytes);
  const publicKey = bytes.subarray(publicKeyStart, publicKeyStart + publicKeyBytes);
  const { cipherText, sharedSecret } = refusedWhen(isNoKey, () => ml_kem768.encapsulate(publicKey));
  const found = refusedWhen(isNoKey, () => ml_kem768.decapsulate(cipherText, bytes));
  zeroedAfter(found, () =>
    zeroedAfter(sharedSecret, () => requireValidKey(timingSafeEqual(found, sharedSecret))),
  );
  return createSecretKey(bytes);
}

/** The check of FIPS 203, section 7.2, which the library makes when it encapsulates. */
function requireValidPublicKey(bytes: Uint8Array): void {
  requireValidKey(bytes.byteLength === publicKeyBytes);
  refusedWhen(isNoKey, () => ml_kem768.encapsulate(bytes)).sharedSecret.fill(0);
}

/** The library has no codes. */
function isNoKey({ message }: Error): boolean {
  return /wrong publicKey modulus|invalid secretKey: hash check failed/.test(message);
}

function publicHalf(secretKey: Uint8Array): KeyObject {
  return createSecretKey(secretKey.subarray(publicKeyStart, publicKeyStart + publicKeyBytes));
}

function exportRaw(key: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
  requireRaw(encoding);
  return zeroedAfter(key.export(), (bytes) => Uint8Array.from(bytes));
}

function requireRaw(encoding: KeyEncoding): void {
  if (encoding !== 'raw') {
    unsupportedEncoding();
  }
}
