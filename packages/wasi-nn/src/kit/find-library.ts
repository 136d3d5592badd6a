import { statSync } from 'node:fs';
import { join } from 'node:path';
import { BackendUnavailableError } from '../errors.js';
import { listFolder, type Machine } from './machine.js';

/** How a backend's library is found. */
export interface LibrarySearch {
  /** Its display name, with its file name: `OpenVINO's C library (libopenvino_c)`. */
  readonly title: string;
  /** The environment variable that names its file or folder; nothing else is searched then. */
  readonly variable: string;
  /** Its file names on each platform. */
  readonly fileNames: Readonly<Record<'linux' | 'darwin' | 'win32', RegExp>>;
  /** Every place that may have it, in search order. Absolute paths only. */
  places(machine: Machine): readonly string[];
  /** Folders below each place that may contain its file. Default: the place itself. */
  below?(machine: Machine): readonly string[];
  /** How to install it, with the command. */
  install(machine: Machine): string;
}

/** Every place that is searched, in order: only that of the variable, if it is set. */
export function libraryPlaces(
  { variable, places }: LibrarySearch,
  machine: Machine = process,
): readonly string[] {
  const named = machine.env[variable];
  return named === undefined || named === '' ? [...new Set(places(machine))] : [named];
}

/**
 * The path of a backend's library.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibrary(search: LibrarySearch, machine: Machine = process): string {
  const places = libraryPlaces(search, machine);
  for (const place of places) {
    const file = libraryIn(search, place, machine);
    if (file !== undefined) return file;
  }
  const searched = places.map((place) => `\n  ${place}`).join('');
  throw new BackendUnavailableError(
    `${search.title} was not found; searched:${searched}\n${search.install(machine)}`,
  );
}

/** The library in a place: the place itself if it is a file, otherwise the file in it. */
function libraryIn(search: LibrarySearch, place: string, machine: Machine): string | undefined {
  if (isFile(place)) return place;
  const pattern = search.fileNames[machine.platform as 'linux'] ?? search.fileNames.linux;
  for (const folder of search.below?.(machine) ?? ['']) {
    const [found] = listFolder(join(place, folder))
      .filter((file) => pattern.test(file))
      .sort();
    if (found !== undefined) return join(place, folder, found);
  }
  return undefined;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
