import { koffi } from './koffi.js';
import { windowAt, windowOverlap } from './memory-window.js';

const maxLarge = 64;
const large = new Map<number, Uint8Array>();

/**
 * The bytes of native memory at an address, not a copy, through views that are reused: koffi 3.3.4 leaks some 220 bytes for each view that it
 * makes, which matters to a program that reads memory in every call. Valid as long as the memory is.
 */
export function nativeBytes(address: number | bigint, byteLength: number): Uint8Array {
  if (byteLength === 0) return new Uint8Array();
  const start = Number(address);
  if (byteLength <= windowOverlap) {
    const { base, u8 } = windowAt(start);
    return u8.subarray(start - base, start - base + byteLength);
  }
  let found = large.get(start);
  if (found === undefined || found.byteLength < byteLength) {
    if (large.size >= maxLarge) large.clear();
    found = new Uint8Array(koffi.view(BigInt(start), byteLength));
    large.set(start, found);
  }
  return found.subarray(0, byteLength);
}

/** The same bytes, for fields of a C structure. */
export function nativeFields(address: number | bigint, byteLength: number): DataView<ArrayBufferLike> {
  const { buffer, byteOffset } = nativeBytes(address, byteLength);
  return new DataView(buffer, byteOffset, byteLength);
}

/** 64-bit numbers at an aligned address, as JavaScript numbers. */
export function nativeInt64s(address: number | bigint, count: number): number[] {
  if (count === 0) return [];
  const { buffer, byteOffset } = nativeBytes(address, count * 8);
  return Array.from(new BigInt64Array(buffer, byteOffset, count), Number);
}
