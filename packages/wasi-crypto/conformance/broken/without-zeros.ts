import type { Buffer } from 'node:buffer';

/** A big-endian number with as few bytes as it needs. */
export function withoutZeros(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? bytes.subarray(0, 0) : bytes.subarray(first);
}
