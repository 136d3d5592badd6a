import type { GuestMemory } from '../../memory/guest-memory.js';
import { requireRange } from '../guest-data.js';
import { wasiFunction } from '../wasi-function.js';

/** Arguments and environment: lists of zero-terminated strings. */
export const argsFunctions = {
  args_get: wasiFunction(['i32', 'i32'], ({ args }, { memory }, pointers, strings) =>
    writeList(memory, args, pointers, strings),
  ),
  args_sizes_get: wasiFunction(['i32', 'i32'], ({ args }, { memory }, count, size) =>
    writeSizes(memory, args, count, size),
  ),
  environ_get: wasiFunction(['i32', 'i32'], ({ environ }, { memory }, pointers, strings) =>
    writeList(memory, environ, pointers, strings),
  ),
  environ_sizes_get: wasiFunction(['i32', 'i32'], ({ environ }, { memory }, count, size) =>
    writeSizes(memory, environ, count, size),
  ),
};

function writeList(
  memory: GuestMemory,
  list: readonly Uint8Array[],
  pointers: number,
  strings: number,
): void {
  requireRange(memory, pointers, 4 * list.length);
  requireRange(memory, strings, totalSize(list));
  let next = strings >>> 0;
  for (const [index, text] of list.entries()) {
    memory.writeU32((pointers >>> 0) + 4 * index, next);
    memory.write(next, text);
    next += text.byteLength;
  }
}

function writeSizes(memory: GuestMemory, list: readonly Uint8Array[], count: number, size: number): void {
  requireRange(memory, size, 4);
  memory.writeU32(count, list.length);
  memory.writeU32(size, totalSize(list));
}

function totalSize(list: readonly Uint8Array[]): number {
  return list.reduce((sum, text) => sum + text.byteLength, 0);
}
