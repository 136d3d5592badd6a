import { sign, verify } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';
import { wholeOf } from './message.js';
import { rawSignature } from './raw-signature.js';
import type { SignatureEncoding } from './signature-encoding.js';
import type { SignatureScheme } from './signature-scheme.js';

const signatureBytes = 64;

/** Ed25519 (RFC 8032), which reads a message twice and therefore needs all of it. Signatures are only written raw. */
export const ed25519Scheme: SignatureScheme = {
  digest: undefined,
  sign: (privateKey, message) => sign(null, wholeOf(message), privateKey) as Uint8Array<ArrayBuffer>,
  verify: (publicKey, message, signature) => verify(null, wholeOf(message), publicKey, signature),
  importSignature(encoding, bytes) {
    requireRaw(encoding);
    return rawSignature(bytes, signatureBytes);
  },
  exportSignature(encoding, raw) {
    requireRaw(encoding);
    return new Uint8Array(raw);
  },
};

function requireRaw(encoding: SignatureEncoding): void {
  if (encoding !== 'raw') {
    throw new CryptoError('unsupported_encoding');
  }
}
