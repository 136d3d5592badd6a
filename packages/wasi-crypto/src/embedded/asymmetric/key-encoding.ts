import { CryptoError } from '../crypto-error.js';

/** Encodings of a key pair, by their numbers in the specification. */
const keyPairEncodings = ['raw', 'pkcs8', 'pem', 'local'] as const;

/** Encodings of a public key and of a secret key, by their numbers in the specification. */
const keyEncodings = ['raw', 'pkcs8', 'pem', 'sec', 'local'] as const;

/** How a key is written as bytes. `pkcs8` is SubjectPublicKeyInfo for a public key. */
export type KeyEncoding = (typeof keyEncodings)[number];

/** The encoding of a key pair. Only the low 16 bits count; throws unsupported_encoding. */
export function toKeyPairEncoding(value: number): KeyEncoding {
  return keyPairEncodings[value & 0xffff] ?? unsupportedEncoding();
}

/** The encoding of a public or secret key. Only the low 16 bits count; throws unsupported_encoding. */
export function toKeyEncoding(value: number): KeyEncoding {
  return keyEncodings[value & 0xffff] ?? unsupportedEncoding();
}

export function unsupportedEncoding(): never {
  throw new CryptoError('unsupported_encoding');
}
