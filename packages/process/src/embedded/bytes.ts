import { Buffer, isUtf8 } from 'node:buffer';

/** Bytes as a string of one character per byte, to compare them and to use them as keys. */
export function bytesKey(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Bytes as text, or undefined where the text would not become the same bytes again as a string of C. */
export function bytesToText(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return undefined;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
