import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type GgufHeader, GgufReader, NeedsMore } from './gguf-reader.js';

/** How much of a file is read at first, and at most: vocabularies take some megabytes. */
const sizes = { first: 2 ** 20, most: 2 ** 28 };

/** The header of a file, and the file's size. */
export interface ReadHeader {
  readonly header: GgufHeader;
  readonly bytes: number;
}

/** @throws {RangeError} when the file is no GGUF file, and another error when it cannot be read. */
export function readHeader(path: string): ReadHeader {
  // Opening a pipe must not wait for one who writes to it.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error('it is not a regular file');
    const bytes = stats.size;
    for (let length = Math.min(bytes, sizes.first); ; length = Math.min(bytes, length * 8)) {
      const start = new Uint8Array(length);
      readSync(file, start, 0, length, 0);
      try {
        return { header: new GgufReader(start).header(), bytes };
      } catch (error) {
        if (!(error instanceof NeedsMore) || length >= Math.min(bytes, sizes.most)) throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}
