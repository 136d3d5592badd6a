import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readPrivateKey, readPublicKey, writeKey } from './der-keys.js';
import {
  type EllipticCurve,
  pointOf,
  privateKeyOfScalar,
  publicKeyOfPoint,
  scalarOf,
} from './elliptic-curve.js';
import { readingKey, requireValidKey } from './invalid-key.js';
import { type KeyEncoding, unsupportedEncoding } from './key-encoding.js';
import type { KeyFamily } from './key-family.js';
import { zeroedAfter } from './zeroed.js';

/** Keys of ECDSA and of key agreement on one curve. */
export function ellipticCurveKeys(curve: EllipticCurve): KeyFamily {
  function importPrivate(encoding: KeyEncoding, bytes: Uint8Array): KeyObject {
    switch (encoding) {
      case 'raw':
        return privateKeyOfScalar(curve, bytes);
      case 'pkcs8':
      case 'pem':
        return checkedPrivateKey(curve, readPrivateKey(encoding, bytes, 'sec1'));
      default:
        return unsupportedEncoding();
    }
  }

  function exportPrivate(privateKey: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    switch (encoding) {
      case 'raw':
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
          return checkedPublicKey(curve, readPublicKey(encoding, bytes));
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

/** A private key as this package makes it: OpenSSL checks neither the scalar nor whether the point belongs to it. */
function checkedPrivateKey(curve: EllipticCurve, key: KeyObject): KeyObject {
  requireOnCurve(curve, key);
  return readingKey(() => {
    const made = zeroedAfter(scalarOf(curve, key), (scalar) => privateKeyOfScalar(curve, scalar));
    requireValidKey(checkedPublicKey(curve, createPublicKey(key)).equals(createPublicKey(made)));
    return made;
  });
}

/** A public key with an uncompressed point of the named curve, whatever form it was read in. */
function checkedPublicKey(curve: EllipticCurve, key: KeyObject): KeyObject {
  requireOnCurve(curve, key);
  return readingKey(() => {
    const { x = '', y = '' } = key.export({ format: 'jwk' });
    return publicKeyOfPoint(
      curve,
      Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]),
    );
  });
}

function requireOnCurve(curve: EllipticCurve, key: KeyObject): void {
  requireValidKey(key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === curve.name);
}
