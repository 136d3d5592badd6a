import { CryptoError } from '../crypto-error.js';

/** A copy of a raw signature; throws invalid_signature when it has another length. */
export function rawSignature(bytes: Uint8Array, byteLength: number): Uint8Array<ArrayBuffer> {
  if (bytes.byteLength !== byteLength) {
    throw new CryptoError('invalid_signature');
  }
  return new Uint8Array(bytes);
}
