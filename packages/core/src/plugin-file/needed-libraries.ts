import { readFileSync } from 'node:fs';
import type { BinaryFile } from './binary-file.js';
import { BrokenFile } from './file-bytes.js';
import { isFile, type LoadedFile, type LoaderEnvironment, librarySearch } from './library-search.js';
import { readBinaryFiles } from './read-binary-file.js';
import { statIfReachable } from './stat-if-reachable.js';

/** A library that a plug-in needs, directly or through another one. */
export interface NeededLibrary {
  /** Its name, as it is written in the file that needs it. */
  readonly name: string;
  /** The file that names it. */
  readonly neededBy: string;
  /** Where the loader would find it; `undefined` when it would not. */
  readonly path: string | undefined;
  /** Whether it comes with the plug-in: found in a folder that is named relative to the file (`$ORIGIN`, `@loader_path`). */
  readonly own: boolean;
  /** Versions that are needed but that it does not have, such as `GLIBC_2.38`. */
  readonly missingVersions: readonly string[];
}

// Larger libraries are found, and not looked into: reading them takes longer than loading them. So are those after the first so many bytes.
const largestFile = 64 * 1024 * 1024;
const maxBytes = 512 * 1024 * 1024;
const maxLibraries = 512;

/** What is kept of a library; its bytes are not. */
type LibraryHeaders = Pick<
  BinaryFile,
  'ownName' | 'needed' | 'searchPaths' | 'versionNeeds' | 'versionsDefined'
>;

/** A file whose needs are looked up, and through which files it is loaded. */
interface Wanter extends LoadedFile {
  readonly headers: LibraryHeaders;
  readonly loaders: readonly LoadedFile[];
}

/** Every library that a file needs, directly or not, as the loader of this machine would find them. */
export function neededLibraries(
  path: string,
  binary: BinaryFile,
  machine: LoaderEnvironment,
): readonly NeededLibrary[] {
  const read = libraryReader(binary.architecture);
  const search = librarySearch(machine, (file) => isFile(file) && read(file) !== undefined);
  const found = new Map<string, NeededLibrary>();
  // A library answers to the name that it gives itself, once it is there.
  const byOwnName = new Map<string, string>();
  const queue: Wanter[] = [
    { path, searchPaths: binary.searchPaths, own: true, headers: binary, loaders: [] },
  ];
  for (let wanter = queue.shift(); wanter !== undefined; wanter = queue.shift()) {
    for (const name of wanter.headers.needed) {
      if (found.has(name) || found.size >= maxLibraries) {
        continue;
      }
      const there = byOwnName.get(name);
      const answer =
        there === undefined
          ? search(name, [wanter, ...wanter.loaders])
          : { path: there, own: [...found.values()].some((entry) => entry.path === there && entry.own) };
      const place = answer?.path;
      const own = answer?.own === true;
      const headers = place === undefined ? undefined : read(place);
      const library = headers === 'not read' ? undefined : headers;
      found.set(name, {
        name,
        neededBy: wanter.path,
        path: place,
        own,
        missingVersions: library === undefined ? [] : missingVersions(name, wanter.headers, library),
      });
      if (place !== undefined && library !== undefined && there === undefined) {
        if (library.ownName !== undefined) {
          byOwnName.set(library.ownName, place);
        }
        queue.push({
          path: place,
          searchPaths: library.searchPaths,
          own,
          headers: library,
          loaders: [wanter, ...wanter.loaders],
        });
      }
    }
  }
  return [...found.values()];
}

function missingVersions(
  name: string,
  { versionNeeds }: LibraryHeaders,
  { versionsDefined }: LibraryHeaders,
): readonly string[] {
  const defined = new Set(versionsDefined);
  return defined.size === 0
    ? []
    : versionNeeds
        .filter((need) => need.library === name && !defined.has(need.version))
        .map(({ version }) => version);
}

/** Reads headers of libraries, each once: `undefined` for a file that does not fit, `not read` for one that is too much to read. */
function libraryReader(architecture: string): (path: string) => LibraryHeaders | 'not read' | undefined {
  const files = new Map<string, LibraryHeaders | 'not read' | undefined>();
  let bytes = 0;
  return (path) => {
    if (!files.has(path)) {
      const size = statIfReachable(path)?.size ?? 0;
      const tooMuch = size > largestFile || bytes + size > maxBytes;
      bytes += tooMuch ? 0 : size;
      files.set(path, tooMuch ? 'not read' : readHeaders(path, architecture));
    }
    return files.get(path);
  };
}

function readHeaders(path: string, architecture: string): LibraryHeaders | undefined {
  try {
    const binary = readBinaryFiles(readFileSync(path), []).find(
      (entry) => entry.architecture === architecture,
    );
    if (binary === undefined) {
      return undefined;
    }
    const { ownName, needed, searchPaths, versionNeeds, versionsDefined } = binary;
    return { ownName, needed, searchPaths, versionNeeds, versionsDefined };
  } catch (error) {
    if (error instanceof BrokenFile || (error as NodeJS.ErrnoException).code !== undefined) {
      return undefined;
    }
    throw error;
  }
}
