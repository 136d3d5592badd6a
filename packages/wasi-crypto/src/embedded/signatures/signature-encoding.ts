import { CryptoError } from '../crypto-error.js';

/** Encodings of a signature, by their numbers in the specification. */
const signatureEncodings = ['raw', 'der'] as const;

/** How a signature is written as bytes. */
export type SignatureEncoding = (typeof signatureEncodings)[number];

/** Only the low 16 bits count; throws unsupported_encoding. */
export function toSignatureEncoding(value: number): SignatureEncoding {
  const encoding = signatureEncodings[value & 0xffff];
  if (encoding === undefined) {
    throw new CryptoError('unsupported_encoding');
  }
  return encoding;
}
