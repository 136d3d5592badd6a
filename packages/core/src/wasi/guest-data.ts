import type { GuestMemory } from '../memory/guest-memory.js';
import { WasiError } from './wasi-error.js';

// PATH_MAX of Linux; bounds the work one path can cause.
const longestPath = 4096;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Checks a range before anything is done whose result goes there. */
export function requireRange(memory: GuestMemory, pointer: number, length: number): void {
  if (!memory.contains(pointer, length)) throw new WasiError('fault');
}

/** A path as the guest gave it. */
export function readPath(memory: GuestMemory, pointer: number, length: number): string {
  requireRange(memory, pointer, length);
  if (length >>> 0 > longestPath) throw new WasiError('nametoolong');
  let path: string;
  try {
    path = decoder.decode(memory.read(pointer, length));
  } catch {
    throw new WasiError('ilseq');
  }
  if (path.includes('\0')) throw new WasiError('inval');
  return path;
}

const largestOffset = (1n << 63n) - 1n;

/** An unsigned 64-bit size or position, as a number Node takes. One that would be negative to the system is not a position; POSIX has `off_t`. */
export function toPosition(value: bigint): number {
  const position = BigInt.asUintN(64, value);
  if (position > largestOffset) throw new WasiError('inval');
  if (position > BigInt(Number.MAX_SAFE_INTEGER)) throw new WasiError('fbig');
  return Number(position);
}

/** The end of a range that begins and is as long as a guest says. */
export function toEnd(offset: bigint, length: bigint): number {
  const end = toPosition(offset) + toPosition(length);
  if (end > Number.MAX_SAFE_INTEGER) throw new WasiError('fbig');
  return end;
}
