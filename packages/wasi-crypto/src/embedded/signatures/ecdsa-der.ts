import { Buffer } from 'node:buffer';
import { DER } from '@noble/curves/abstract/weierstrass.js';
import { CryptoError } from '../crypto-error.js';

/** Reads strict DER: one encoding per signature, nothing after it, no number that is negative or too long for the curve; invalid_signature. */
export function rawOfDer(bytes: Uint8Array, scalarBytes: number): Uint8Array<ArrayBuffer> {
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
  } catch {
    throw new CryptoError('invalid_signature');
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
