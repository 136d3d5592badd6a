import { Buffer } from 'node:buffer';

/** A DER element of less than 65536 bytes. */
export function element(tag: number, content: Uint8Array): Buffer {
  const { byteLength } = content;
  const long = byteLength < 0x100 ? [0x81, byteLength] : [0x82, byteLength >> 8, byteLength & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(byteLength < 0x80 ? [byteLength] : long)]), content]);
}

/** The content of a DER INTEGER that is not negative, given big-endian. */
export function integerContent(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = Buffer.from(first === -1 ? [0] : bytes.subarray(first));
  return digits.readUInt8() < 0x80 ? digits : Buffer.concat([Buffer.from([0]), digits]);
}

export function integer(bytes: Uint8Array): Buffer {
  return element(0x02, integerContent(bytes));
}

export function sequence(...elements: Uint8Array[]): Buffer {
  return element(0x30, Buffer.concat(elements));
}

/** The DER of a raw ECDSA signature on a curve of 256 or 384 bits. */
export function derSignature(raw: Uint8Array): Buffer {
  const half = raw.byteLength / 2;
  return sequence(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}
