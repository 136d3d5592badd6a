import { koffi } from './koffi.js';

const windowSize = 1 << 20;
/** Bytes that a record which begins in a window may have. */
export const windowOverlap = 1 << 16;
const maxWindows = 256;

/** Views on one stretch of the process's memory. */
export interface MemoryWindow {
  readonly base: number;
  readonly i32: Int32Array;
  readonly i64: BigInt64Array;
  readonly u64: BigUint64Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly u8: Uint8Array;
}

const windows = new Map<number, MemoryWindow>();

/**
 * The views through which the bytes at `address` are read. Making a view costs microseconds, so stretches of a mebibyte are kept; each
 * reaches a little into the next, so that a record of up to 64 KiB that begins in a window ends in it.
 */
export function windowAt(address: number): MemoryWindow {
  const base = address - (address % windowSize);
  let found = windows.get(base);
  if (found === undefined) {
    if (windows.size >= maxWindows) {
      windows.clear();
    }
    const buffer = koffi.view(BigInt(base), windowSize + windowOverlap);
    found = {
      base,
      i32: new Int32Array(buffer),
      i64: new BigInt64Array(buffer),
      u64: new BigUint64Array(buffer),
      f32: new Float32Array(buffer),
      f64: new Float64Array(buffer),
      u8: new Uint8Array(buffer),
    };
    windows.set(base, found);
  }
  return found;
}

/** Size of the stretch in which a record may begin. */
export const windowReach = windowSize;
