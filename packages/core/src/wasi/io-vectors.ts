import type { GuestMemory } from '../memory/guest-memory.js';
import { requireRange } from './guest-data.js';
import { EndpointError, WasiError } from './wasi-error.js';
import { RecordSize } from './wasi-types.js';

// IOV_MAX of Linux.
const maxVectors = 1024;

/**
 * Moves bytes between the host and a guest's list of buffers, and writes their number to `result`. Every range is checked before the
 * first byte moves, and the list is read once, since a read may overwrite it. `move` gets each range and the number of bytes moved before;
 * without `goesOn` only the first buffer is used, as a second read could wait for input.
 */
export function moveVectors(
  memory: GuestMemory,
  list: number,
  count: number,
  result: number,
  goesOn: boolean,
  move: (pointer: number, length: number, before: number) => number,
): void {
  requireRange(memory, result, 4);
  const vectors = readVectors(memory, list, count >>> 0);
  let moved = 0;
  for (let index = 0; index < vectors.length; index += 2) {
    const pointer = vectors[index] as number;
    const length = vectors[index + 1] as number;
    let step: number;
    try {
      step = move(pointer, length, moved);
    } catch (error) {
      // What has moved is told; the error comes with the next call.
      if (moved > 0 && !(error instanceof EndpointError)) break;
      throw error;
    }
    moved += step;
    if (step < length || !goesOn) break;
  }
  memory.writeU32(result, moved);
}

/** Pointer and length of each buffer that is not empty, one after the other. */
function readVectors(memory: GuestMemory, list: number, count: number): number[] {
  if (count > maxVectors) throw new WasiError('inval');
  requireRange(memory, list, count * RecordSize.iovec);
  const vectors: number[] = [];
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const vector = (list >>> 0) + index * RecordSize.iovec;
    const pointer = memory.readU32(vector);
    const length = memory.readU32(vector + 4);
    requireRange(memory, pointer, length);
    total += length;
    if (length > 0) vectors.push(pointer, length);
  }
  // Only overlapping buffers can hold more than the whole memory.
  if (total > memory.byteLength) throw new WasiError('inval');
  return vectors;
}
