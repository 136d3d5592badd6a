import type { GuestMemory } from '@wasmedge-plugins/core';

// A block of dlmalloc, the allocator of wasi-libc and of Rust: a word with its size stands before the bytes that are given away. The lowest three bits of the
// size are flags, and the last word of a block belongs to the header of the next.
const flags = 7;
const previousInUse = 1;
const inUse = 2;
const wordSize = 4;
const smallestBlock = 16;
const alignment = 8;

/**
 * How many bytes from this address on belong to one allocation of the guest, as the guest's own allocator has noted in its memory. A pointer that does not come from it
 * has none: the block must be in use, and the next one must say so too.
 */
export function allocatedBytes(memory: GuestMemory, pointer: number): number {
  const start = pointer >>> 0;
  if (start % alignment !== 0 || start < 2 * wordSize) return 0;
  if (start > memory.byteLength) return 0;
  const head = memory.readU32(start - wordSize);
  const size = head - (head & flags);
  if ((head & inUse) === 0 || size < smallestBlock || size % alignment !== 0) return 0;
  // Where the next block begins, and the word with its size.
  const next = start - 2 * wordSize + size;
  if (next + 2 * wordSize > memory.byteLength) return 0;
  if ((memory.readU32(next + wordSize) & previousInUse) === 0) return 0;
  return size - wordSize;
}
