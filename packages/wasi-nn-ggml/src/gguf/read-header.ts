import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type GgufHeader, GgufReader, NeedsMore } from './gguf-reader.js';

/** How much of a file is read at first, and at most: vocabularies take some megabytes. */
const sizes = { first: 2 ** 20, most: 2 ** 28 };

/** The header of a file, and the file's size. */
export interface ReadHeader {
  readonly header: GgufHeader;
  readonly bytes: number;
}

/** @throws {RangeError} when the file is no GGUF file, and the system's error when it cannot be read. */
export function readHeader(path: string): ReadHeader {
  const file = openSync(path, 'r');
  try {
    const { size: bytes } = fstatSync(file);
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
