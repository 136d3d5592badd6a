import { readFileSync, statSync } from 'node:fs';
import type { BinaryFile } from './binary-file.js';
import { BrokenFile } from './file-bytes.js';
import { isFile, type LoaderEnvironment, librarySearch } from './library-search.js';
import { readBinaryFiles } from './read-binary-file.js';

/** A library that a plug-in needs, itself or through another one. */
export interface NeededLibrary {
  readonly name: string;
  /** The file that names it. */
  readonly neededBy: string;
  /** Where the loader would find it; `undefined` when it would not. */
  readonly path: string | undefined;
  /** Whether it comes with the plug-in: found in a folder that is named relative to the file (`$ORIGIN`, `@loader_path`). */
  readonly own: boolean;
  /** Versions of it that are needed and that it does not have, such as `GLIBC_2.38`. */
  readonly missingVersions: readonly string[];
}

// Larger libraries are found, and not looked into: reading them takes longer than loading them.
const largestFile = 64 * 1024 * 1024;
const mostLibraries = 512;

/** Every library that a file needs, directly or not, as the loader of this machine would find them. */
export function neededLibraries(
  path: string,
  binary: BinaryFile,
  machine: LoaderEnvironment,
): readonly NeededLibrary[] {
  const files = new Map<string, BinaryFile | undefined>();
  const read = (file: string) => {
    if (!files.has(file)) {
      files.set(file, readLibrary(file, binary.architecture));
    }
    return files.get(file);
  };
  const search = librarySearch(
    machine,
    (file) => isFile(file) && (isLarge(file) || read(file) !== undefined),
  );
  const found = new Map<string, NeededLibrary>();
  const queue = [{ path, binary, own: true }];
  for (
    let wanter = queue.shift();
    wanter !== undefined && found.size < mostLibraries;
    wanter = queue.shift()
  ) {
    for (const name of wanter.binary.needed) {
      if (found.has(name)) {
        continue;
      }
      const answer = search(name, wanter.binary, wanter.path);
      const place = answer?.path;
      const own = wanter.own && answer?.own === true;
      const library = place === undefined || isLarge(place) ? undefined : read(place);
      const versions = wanter.binary.versionNeeds.filter((need) => need.library === name);
      found.set(name, {
        name,
        neededBy: wanter.path,
        path: place,
        own,
        missingVersions:
          library === undefined || library.versionsDefined.length === 0
            ? []
            : versions
                .map((need) => need.version)
                .filter((entry) => !library.versionsDefined.includes(entry)),
      });
      if (place !== undefined && library !== undefined) {
        queue.push({ path: place, binary: library, own });
      }
    }
  }
  return [...found.values()];
}

function isLarge(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestFile;
}

function readLibrary(path: string, architecture: string): BinaryFile | undefined {
  try {
    return readBinaryFiles(readFileSync(path), []).find((entry) => entry.architecture === architecture);
  } catch (error) {
    if (error instanceof BrokenFile || (error as NodeJS.ErrnoException).code !== undefined) {
      return undefined;
    }
    throw error;
  }
}
