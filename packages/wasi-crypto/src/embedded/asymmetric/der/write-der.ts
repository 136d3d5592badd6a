import { Buffer } from 'node:buffer';

/** A DER element of the contents, one after the other. The caller zeroes it where they are secret. */
export function derElement(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return Buffer.concat([Buffer.of(tag, ...lengthOf(length)), ...contents]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) {
    return [length];
  }
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
