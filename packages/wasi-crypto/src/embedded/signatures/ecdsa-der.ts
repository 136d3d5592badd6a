import { Buffer } from 'node:buffer';
import { DER } from '@noble/curves/abstract/weierstrass.js';
import { CryptoError } from '../crypto-error.js';

/** Reads strict DER: one encoding per signature, nothing after it, no number that is negative or too long for the curve; invalid_signature. */
export function rawOfDer(bytes: Uint8Array, scalarBytes: number): Uint8Array<ArrayBuffer> {
  // Tag and length of a sequence and of two numbers, which may have a leading zero each.
  if (bytes.byteLength > 8 + 2 * (scalarBytes + 1)) {
    throw new CryptoError('invalid_signature');
  }
  const { r, s } = parsed(bytes);
  const width = 2 * scalarBytes;
  const digits = [r, s].map((number) => number.toString(16).padStart(width, '0'));
  if (digits.some(({ length }) => length > width)) {
    throw new CryptoError('invalid_signature');
  }
  return Uint8Array.from(Buffer.from(digits.join(''), 'hex'));
}

function parsed(bytes: Uint8Array): { r: bigint; s: bigint } {
  try {
    return DER.toSig(bytes);
  } catch (error) {
    throw error instanceof DER.Err ? new CryptoError('invalid_signature') : error;
  }
}

/** Writes r and s, which are as long as each other, in the shortest form. */
export function derOfRaw(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const half = raw.byteLength / 2;
  const [r, s] = [raw.subarray(0, half), raw.subarray(half)].map((bytes) =>
    BigInt(`0x${Buffer.from(bytes).toString('hex')}`),
  ) as [bigint, bigint];
  return Uint8Array.from(Buffer.from(DER.hexFromSig({ r, s }), 'hex'));
}
