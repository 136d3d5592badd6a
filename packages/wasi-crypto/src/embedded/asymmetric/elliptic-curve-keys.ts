import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readEcPrivateKey, requireCurve } from './der/ec-private-key.js';
import { readPublicKeyInfo } from './der/key-structures.js';
import { readingDer, writeKey } from './der-keys.js';
import {
  type EllipticCurve,
  pointOf,
  privateKeyOfScalar,
  publicKeyOfPoint,
  scalarOf,
} from './elliptic-curve.js';
import { requireValidKey } from './invalid-key.js';
import { type KeyEncoding, unsupportedEncoding } from './key-encoding.js';
import type { KeyFamily } from './key-family.js';
import { zeroedAfter } from './zeroed.js';

/** Keys of ECDSA and of key agreement on one curve. */
export function ellipticCurveKeys(curve: EllipticCurve): KeyFamily {
  function importPrivate(encoding: KeyEncoding, bytes: Uint8Array): KeyObject {
    switch (encoding) {
      // SEC 1 writes a scalar as it is written raw (section 2.3.7).
      case 'raw':
      case 'sec':
        return privateKeyOfScalar(curve, bytes);
      case 'pkcs8':
      case 'pem':
        return readingDer(encoding, bytes, ['PRIVATE KEY', 'EC PRIVATE KEY'], (der) =>
          readPrivate(curve, der),
        );
      default:
        return unsupportedEncoding();
    }
  }

  function exportPrivate(privateKey: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    switch (encoding) {
      case 'raw':
      case 'sec':
        return scalarOf(curve, privateKey);
      case 'pkcs8':
      case 'pem':
        return writeKey(privateKey, encoding);
      default:
        return unsupportedEncoding();
    }
  }

  return {
    storedEncoding: 'raw',
    generate: () => generateKeyPairSync('ec', { namedCurve: curve.name }).privateKey,
    publicKeyOf: (privateKey) => createPublicKey(privateKey),
    importKeyPair: importPrivate,
    importSecretKey: importPrivate,
    importPublicKey(encoding, bytes) {
      switch (encoding) {
        case 'sec':
          return publicKeyOfPoint(curve, bytes);
        case 'pkcs8':
        case 'pem':
          return readingDer(encoding, bytes, ['PUBLIC KEY'], (der) => readPublic(curve, der));
        default:
          return unsupportedEncoding();
      }
    },
    exportKeyPair: exportPrivate,
    exportSecretKey: exportPrivate,
    exportPublicKey(publicKey, encoding) {
      switch (encoding) {
        case 'sec':
          return pointOf(curve, publicKey);
        case 'pkcs8':
        case 'pem':
          return writeKey(publicKey, encoding);
        default:
          return unsupportedEncoding();
      }
    },
    checkPublicKey: (publicKey) => {
      publicKeyOfPoint(curve, pointOf(curve, publicKey));
    },
  };
}

/** A private key as this package makes it, whatever form it was read in; the point that the form has must belong to the scalar. */
function readPrivate(curve: EllipticCurve, der: Uint8Array): KeyObject {
  const { scalar, point } = readEcPrivateKey(der, curve);
  const key = zeroedAfter(Uint8Array.from(scalar), (copy) => privateKeyOfScalar(curve, copy));
  requireValidKey(point === undefined || publicKeyOfPoint(curve, point).equals(createPublicKey(key)));
  return key;
}

/** A public key with an uncompressed point, whatever form it was read in. */
function readPublic(curve: EllipticCurve, der: Uint8Array): KeyObject {
  const { algorithm, key } = readPublicKeyInfo(der);
  requireCurve(algorithm, curve);
  return publicKeyOfPoint(curve, key);
}
