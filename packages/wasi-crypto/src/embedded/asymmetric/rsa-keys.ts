import {
  checkPrimeSync,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readPrivateKey, readPublicKey, writeKey } from './der-keys.js';
import { readingKey, requireValidKey } from './invalid-key.js';
import { type KeyEncoding, unsupportedEncoding } from './key-encoding.js';
import type { KeyFamily } from './key-family.js';

/** What an RSA algorithm asks of its keys. */
export interface RsaKeyRules {
  readonly modulusBits: 2048 | 3072 | 4096;
  readonly hash: string;
  readonly padding: 'pkcs1' | 'pss';
}

/** RSA keys of one algorithm. Those of RSA-PSS may be marked for it (id-RSASSA-PSS) or not; new ones are. */
export function rsaKeys(rules: RsaKeyRules): KeyFamily {
  function importPrivate(encoding: KeyEncoding, bytes: Uint8Array): KeyObject {
    const key = checked(rules, readPrivateKey(derOrPem(encoding), bytes, 'pkcs1'));
    requireValidKey(signsForItself(key, rules.hash));
    return key;
  }

  function exportKey(key: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    return writeKey(key, derOrPem(encoding));
  }

  return {
    storedEncoding: 'pkcs8',
    generate: () => {
      const options = { modulusLength: rules.modulusBits };
      return rules.padding === 'pss'
        ? generateKeyPairSync('rsa-pss', options).privateKey
        : generateKeyPairSync('rsa', options).privateKey;
    },
    publicKeyOf: (privateKey) => createPublicKey(privateKey),
    importKeyPair: importPrivate,
    importSecretKey: importPrivate,
    importPublicKey: (encoding, bytes) => checked(rules, readPublicKey(derOrPem(encoding), bytes, 'pkcs1')),
    exportKeyPair: exportKey,
    exportSecretKey: exportKey,
    exportPublicKey: exportKey,
    checkPublicKey(publicKey) {
      const modulus = modulusOf(publicKey);
      requireValidKey(((modulus.at(-1) ?? 0) & 1) === 1);
      requireValidKey(!checkPrimeSync(modulus));
    },
  };
}

function checked({ modulusBits, hash, padding }: RsaKeyRules, key: KeyObject): KeyObject {
  const { asymmetricKeyType, asymmetricKeyDetails: details = {} } = key;
  requireValidKey(asymmetricKeyType === 'rsa' || (padding === 'pss' && asymmetricKeyType === 'rsa-pss'));
  requireValidKey(details.modulusLength === modulusBits);
  const exponent = details.publicExponent ?? 0n;
  // FIPS 186-5 has exponents below 2 to the power of 256.
  requireValidKey(exponent > 1n && exponent < 1n << 256n && exponent % 2n === 1n);
  // A key of RSA-PSS may be bound to one digest, and to a salt that is not shorter than a given length.
  requireValidKey(details.hashAlgorithm === undefined || details.hashAlgorithm === hash);
  requireValidKey(details.mgf1HashAlgorithm === undefined || details.mgf1HashAlgorithm === hash);
  requireValidKey((details.saltLength ?? 0) <= digestBytes(hash));
  return key;
}

/** Whether the private numbers belong to the public ones: OpenSSL does not look when it reads them. */
function signsForItself(privateKey: KeyObject, hash: string): boolean {
  const text = new Uint8Array(1);
  return readingKey(() => verify(hash, text, createPublicKey(privateKey), sign(hash, text, privateKey)));
}

function digestBytes(hash: string): number {
  return Number(hash.slice(3)) / 8;
}

/** The modulus out of a SubjectPublicKeyInfo, which ends with modulus and exponent; a JSON Web Key cannot be had of keys for RSA-PSS. */
function modulusOf(publicKey: KeyObject): Uint8Array {
  const { modulusLength = 0, publicExponent = 0n } = publicKey.asymmetricKeyDetails ?? {};
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const end = der.byteLength - 2 - (Math.floor(publicExponent.toString(2).length / 8) + 1);
  return der.subarray(end - modulusLength / 8, end);
}

function derOrPem(encoding: KeyEncoding): 'pkcs8' | 'pem' {
  return encoding === 'pkcs8' || encoding === 'pem' ? encoding : unsupportedEncoding();
}
