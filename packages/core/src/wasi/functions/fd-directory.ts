import type { GuestMemory } from '../../memory/guest-memory.js';
import { OpenDirectory } from '../descriptors/open-directory.js';
import { requireRange } from '../guest-data.js';
import { WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { Right } from '../wasi-rights.js';
import type { WasiState } from '../wasi-state.js';
import { FileType, RecordSize } from '../wasi-types.js';

/** Preopened folders and lists of entries. */
export const fdDirectoryFunctions = {
  fd_prestat_get: wasiFunction(['i32', 'i32'], (state, { memory }, fd, result) => {
    const name = preopenName(state, fd);
    memory.fill(result, RecordSize.prestat, 0);
    memory.writeU32((result >>> 0) + 4, name.byteLength);
  }),
  fd_prestat_dir_name: wasiFunction(['i32', 'i32', 'i32'], (state, { memory }, fd, pointer, length) => {
    const name = preopenName(state, fd);
    if (name.byteLength > length >>> 0) throw new WasiError('nametoolong');
    memory.write(pointer, name);
  }),
  fd_readdir: wasiFunction(
    ['i32', 'i32', 'i32', 'i64', 'i32'],
    ({ descriptors }, { memory }, fd, pointer, length, cookie, result) => {
      const directory = descriptors.directory(fd, Right.fdReaddir);
      requireRange(memory, pointer, length);
      requireRange(memory, result, 4);
      const first = BigInt.asUintN(64, cookie);
      memory.writeU32(result, writeEntries(memory, directory, first, pointer >>> 0, length >>> 0));
    },
  ),
};

/** A guest looks for its folders by trying numbers: one that is something else, or nothing, ends the search alike. */
function preopenName({ descriptors }: WasiState, fd: number): Uint8Array {
  const descriptor = descriptors.get(fd);
  if (!(descriptor instanceof OpenDirectory) || descriptor.preopenName === undefined) {
    throw new WasiError('badf');
  }
  return descriptor.preopenName;
}

/** Fills the buffer with entries from number `first` on, cutting off the last one, and returns the number of bytes; fewer than `length` are the end. */
function writeEntries(
  memory: GuestMemory,
  directory: OpenDirectory,
  first: bigint,
  pointer: number,
  length: number,
): number {
  if (first === 0n) directory.rewind();
  if (first > BigInt(Number.MAX_SAFE_INTEGER)) return 0;
  let used = 0;
  for (let index = Number(first); used < length; index += 1) {
    const record = direntOf(directory, index);
    if (record === undefined) break;
    const part = record.subarray(0, length - used);
    memory.write(pointer + used, part);
    used += part.byteLength;
  }
  return used;
}

/** Entry 0 is the folder itself, entry 1 the one above it; then come those that are read. */
function direntOf(directory: OpenDirectory, index: number): Uint8Array | undefined {
  if (index === 0) return dirent(index, '.', directory.stat().ino, FileType.directory);
  // The folder above may be one the guest must not see, so its number is not told.
  if (index === 1) return dirent(index, '..', 0n, FileType.directory);
  const entry = directory.entry(index - 2);
  if (entry === undefined) return undefined;
  const stat = entry.known ?? directory.lstat(entry.name);
  return dirent(index, entry.name, stat?.ino ?? 0n, stat?.fileType ?? FileType.unknown);
}

// No system has names of more bytes: four for each of 255 letters.
const record = Buffer.alloc(RecordSize.dirent + 4 * 255);
const recordView = new DataView(record.buffer, record.byteOffset, record.byteLength);

/** A record, which the next one overwrites. */
function dirent(index: number, name: string, ino: bigint, fileType: number): Uint8Array {
  const length = record.write(name, RecordSize.dirent);
  recordView.setUint32(0, index + 1, true);
  recordView.setUint32(4, Math.floor((index + 1) / 2 ** 32), true);
  recordView.setBigUint64(8, ino, true);
  recordView.setUint32(16, length, true);
  recordView.setUint8(20, fileType);
  return new Uint8Array(record.buffer, record.byteOffset, RecordSize.dirent + length);
}
