import { readSync, writeSync } from 'node:fs';

/** Maximum number of bytes that one operation moves; Node takes no more than 2 GiB at once. */
export const largestTransfer = 1 << 30;

// Node.js checks an offset that it is given, which takes longer than the rest of what it does around the system's call.
const fromStart = undefined as unknown as number;

/** Reads into `bytes`, at a position or, with `null`, at that of the descriptor; returns the number of bytes. */
export function readBytes(fd: number, bytes: Uint8Array, position: number | null): number {
  return readSync(fd, bytes, fromStart, Math.min(bytes.byteLength, largestTransfer), position);
}

/** Writes `bytes`, at a position or, with `null`, at that of the descriptor; returns the number of bytes. */
export function writeBytes(fd: number, bytes: Uint8Array, position: number | null): number {
  return writeSync(fd, bytes, fromStart, Math.min(bytes.byteLength, largestTransfer), position);
}
