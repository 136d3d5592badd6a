import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { derTag } from './der/der-reader.js';
import {
  isPrivateKeyInfo,
  isPublicKeyInfo,
  readPrivateKeyInfo,
  readPublicKeyInfo,
  type WrappedKey,
} from './der/key-structures.js';
import { checkPssParameters } from './der/pss-parameters.js';
import { readRsaPrivateKey, readRsaPublicKey, rsaKind } from './der/rsa-structures.js';
import { derElement } from './der/write-der.js';
import { readingDer, writeKey } from './der-keys.js';
import { requireValidKey } from './invalid-key.js';
import { type KeyEncoding, unsupportedEncoding } from './key-encoding.js';
import type { KeyFamily } from './key-family.js';
import { isProbablePrime } from './probable-prime.js';
import { checkPrivateNumbers, checkPublicNumbers } from './rsa-numbers.js';
import { zeroedAfter } from './zeroed.js';

/** What an RSA algorithm asks of its keys. */
export interface RsaKeyRules {
  readonly modulusBits: 2048 | 3072 | 4096;
  readonly hash: string;
  readonly padding: 'pkcs1' | 'pss';
}

/** The AlgorithmIdentifier of RSA keys that may be used as such (RFC 8017, appendix A.1). */
const rsaEncryption = Buffer.from('300d06092a864886f70d0101010500', 'hex');

/** Bytes of a digest, by its name in node:crypto. */
export function digestBytes(hash: string): number {
  return Number(hash.slice(3)) / 8;
}

/**
 * RSA keys of one algorithm. Those of RSA-PSS may be marked for it (id-RSASSA-PSS), and bound to digest and salt, or not; new ones are
 * marked. OpenSSL gets nothing to read that was not checked: it computes as long as the sizes in a key make it.
 */
export function rsaKeys(rules: RsaKeyRules): KeyFamily {
  const { modulusBits } = rules;
  const maxBytes = modulusBits / 8;

  function importPrivate(encoding: KeyEncoding, bytes: Uint8Array): KeyObject {
    return readingDer(derOrPem(encoding), bytes, ['PRIVATE KEY', 'RSA PRIVATE KEY'], (der) => {
      const wrapped = isPrivateKeyInfo(der) ? readPrivateKeyInfo(der) : undefined;
      const isMarked = isMarkedForPss(rules, wrapped);
      const numbers = wrapped?.key ?? der;
      checkPrivateNumbers(readRsaPrivateKey(numbers, maxBytes), modulusBits);
      return isMarked && wrapped !== undefined ? markedPrivateKey(wrapped) : privateKeyOf(numbers);
    });
  }

  function exportKey(key: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    return writeKey(key, derOrPem(encoding));
  }

  return {
    storedEncoding: 'pkcs8',
    generate: () => {
      const options = { modulusLength: modulusBits };
      return rules.padding === 'pss'
        ? generateKeyPairSync('rsa-pss', options).privateKey
        : generateKeyPairSync('rsa', options).privateKey;
    },
    publicKeyOf: (privateKey) => createPublicKey(privateKey),
    importKeyPair: importPrivate,
    importSecretKey: importPrivate,
    importPublicKey: (encoding, bytes) =>
      readingDer(derOrPem(encoding), bytes, ['PUBLIC KEY', 'RSA PUBLIC KEY'], (der) => {
        const wrapped = isPublicKeyInfo(der) ? readPublicKeyInfo(der) : undefined;
        const isMarked = isMarkedForPss(rules, wrapped);
        const numbers = wrapped?.key ?? der;
        checkPublicNumbers(readRsaPublicKey(numbers, maxBytes), modulusBits);
        return isMarked
          ? createPublicKey({ key: asBuffer(der), format: 'der', type: 'spki' })
          : publicKeyOf(numbers);
      }),
    exportKeyPair: exportKey,
    exportSecretKey: exportKey,
    exportPublicKey: exportKey,
    checkPublicKey(publicKey) {
      requireValidKey(!isProbablePrime(publicNumbers(publicKey).modulus));
    },
  };
}

/** The numbers of a public key that was imported or made here. */
export function publicNumbers(publicKey: KeyObject) {
  return readRsaPublicKey(rsaPublicKey(publicKey), Number.POSITIVE_INFINITY);
}

/** The same key without a mark for RSA-PSS, which keeps node:crypto from computing with it freely. */
export function unmarkedKey(publicKey: KeyObject): KeyObject {
  return publicKeyOf(rsaPublicKey(publicKey));
}

/** The RSAPublicKey of a key; node:crypto writes none of keys for RSA-PSS. */
function rsaPublicKey(publicKey: KeyObject): Uint8Array {
  return readPublicKeyInfo(publicKey.export({ type: 'spki', format: 'der' })).key;
}

/** Whether a key is marked for RSA-PSS, after a check that the algorithm may use it so. */
function isMarkedForPss({ padding, hash }: RsaKeyRules, wrapped: WrappedKey | undefined): boolean {
  if (wrapped === undefined || rsaKind(wrapped.algorithm) === 'rsa') {
    return false;
  }
  requireValidKey(padding === 'pss');
  checkPssParameters(wrapped.algorithm.parameters, hash, digestBytes(hash));
  return true;
}

/** Not read as PKCS#1, because Node.js 24 does not write all forms of keys that were. */
function publicKeyOf(pkcs1: Uint8Array): KeyObject {
  const bits = derElement(derTag.bitString, Buffer.of(0), pkcs1);
  return createPublicKey({
    key: derElement(derTag.sequence, rsaEncryption, bits),
    format: 'der',
    type: 'spki',
  });
}

function privateKeyOf(pkcs1: Uint8Array): KeyObject {
  return createPrivateKey({ key: asBuffer(pkcs1), format: 'der', type: 'pkcs1' });
}

/** The key as PKCS#8 without attributes. */
function markedPrivateKey({ algorithm, key }: WrappedKey): KeyObject {
  return zeroedAfter(derElement(derTag.octetString, key), (inner) =>
    zeroedAfter(derElement(derTag.sequence, Buffer.of(2, 1, 0), algorithm.whole, inner), (info) =>
      createPrivateKey({ key: info, format: 'der', type: 'pkcs8' }),
    ),
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function derOrPem(encoding: KeyEncoding): 'pkcs8' | 'pem' {
  return encoding === 'pkcs8' || encoding === 'pem' ? encoding : unsupportedEncoding();
}
