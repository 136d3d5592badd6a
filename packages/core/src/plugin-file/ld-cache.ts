import { readFileSync } from 'node:fs';
import { BrokenFile, FileBytes } from './file-bytes.js';

const magic = 'glibc-ld.so.cache1.1';
const headerSize = 48;
const entrySize = 24;
const maxEntries = 200_000;

/**
 * Reads the loader's cache of libraries, as `ldconfig -p` lists it: paths by name, the preferred one first.
 *
 * @returns an empty map where there is no cache or it has another form, as with musl.
 */
export function readLoaderCache(path = '/etc/ld.so.cache'): ReadonlyMap<string, readonly string[]> {
  const libraries = new Map<string, string[]>();
  try {
    const bytes = readFileSync(path);
    const start = bytes.indexOf(magic);
    if (start === -1) {
      return libraries;
    }
    const cache = new FileBytes(bytes).part(start, bytes.length - start);
    const count = Math.min(cache.u32(20), maxEntries);
    for (let index = 0; index < count; index++) {
      const entry = headerSize + index * entrySize;
      const name = cache.text(cache.u32(entry + 4));
      const paths = libraries.get(name) ?? [];
      paths.push(cache.text(cache.u32(entry + 8)));
      libraries.set(name, paths);
    }
  } catch (error) {
    if (!(error instanceof BrokenFile) && (error as NodeJS.ErrnoException).code === undefined) {
      throw error;
    }
  }
  return libraries;
}
