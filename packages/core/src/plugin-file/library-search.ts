import { posix, win32 } from 'node:path';
import type { BinaryFile } from './binary-file.js';
import { readLoaderCache } from './ld-cache.js';
import { statIfReachable } from './stat-if-reachable.js';

/** The machine on which libraries are looked for. */
export interface LoaderEnvironment {
  readonly platform: string;
  readonly architecture: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The program that loads: Windows looks in its folder first. */
  readonly executable: string;
  /** Libraries the process has, or will have, loaded before: a library of the same file name is taken from there. */
  readonly loaded: readonly string[];
}

/** This machine, with a libwasmedge that is loaded before any plug-in. */
export function thisMachine(libraryPath?: string): LoaderEnvironment {
  return {
    platform: process.platform,
    architecture: process.arch,
    variables: process.env,
    executable: process.execPath,
    loaded: libraryPath === undefined ? [] : [libraryPath],
  };
}

/** A library that was found; `own` when its folder is named relative to the file that wants it. */
export interface FoundLibrary {
  readonly path: string;
  readonly own: boolean;
}

/** A file that wants a library, or through which that one is loaded. */
export interface LoadedFile {
  readonly path: string;
  readonly searchPaths: BinaryFile['searchPaths'];
  /** Whether it comes with the plug-in, or is it. */
  readonly own: boolean;
}

/**
 * Finds libraries as the loader of the platform would.
 *
 * @param chain the file that wants it, the file that wants that one, and so on, up to the plug-in.
 */
export type LibrarySearch = (
  name: string,
  chain: readonly [LoadedFile, ...LoadedFile[]],
) => FoundLibrary | undefined;

// Folders of a chain that are looked into for one library: files could name a thousand each.
const maxFolders = 256;

/** The search on a machine; `fits` tells whether a file that was found has the right architecture. */
export function librarySearch(machine: LoaderEnvironment, fits: (path: string) => boolean): LibrarySearch {
  switch (machine.platform) {
    case 'win32':
      return windowsSearch(machine, fits);
    case 'darwin':
      return darwinSearch(machine, fits);
    default:
      return linuxSearch(machine, fits);
  }
}

function linuxSearch(
  { variables, loaded }: LoaderEnvironment,
  fits: (path: string) => boolean,
): LibrarySearch {
  let cache: ReadonlyMap<string, readonly string[]> | undefined;
  const relative = (path: string, wanter: LoadedFile) => relativeTo(path, /\$ORIGIN|\$\{ORIGIN\}/g, wanter);
  return (name, chain) => {
    const [wanter] = chain;
    const { runpath } = wanter.searchPaths;
    if (name.includes('/')) {
      return firstOf([relative(name, wanter)], fits);
    }
    const known = loaded.find((path) => sameLibrary(posix.basename(path), name));
    if (known !== undefined) {
      return { path: known, own: false };
    }
    cache ??= readLoaderCache();
    const inFolder = (folder: FoundLibrary) => ({ ...folder, path: posix.join(folder.path, name) });
    return firstOf(
      [
        ...(runpath === undefined ? inheritedFolders(chain, relative) : []).map(inFolder),
        ...listOf(variables.LD_LIBRARY_PATH, /[:;]/).map(elsewhere).map(inFolder),
        ...(runpath ?? [])
          .slice(0, maxFolders)
          .map((path) => relative(path, wanter))
          .map(inFolder),
        ...(cache.get(name) ?? []).map(elsewhere),
        ...['/lib64', '/usr/lib64', '/lib', '/usr/lib'].map(elsewhere).map(inFolder),
      ].map(({ path, own }) => ({ path, own: own && cache?.get(name)?.includes(path) !== true })),
      fits,
    );
  };
}

function darwinSearch(
  { variables, loaded }: LoaderEnvironment,
  fits: (path: string) => boolean,
): LibrarySearch {
  const relative = (path: string, wanter: LoadedFile) => relativeTo(path, /^@loader_path(?=\/|$)/, wanter);
  return (name, chain) => {
    const known = loaded.find((path) => sameLibrary(posix.basename(path), posix.basename(name)));
    if (known !== undefined) {
      return { path: known, own: false };
    }
    // The system's own libraries are in one cache of the loader and not in the file system.
    if (/^\/(usr\/lib|System)\//.test(name)) {
      return { path: name, own: false };
    }
    const places = name.startsWith('@rpath/')
      ? inheritedFolders(chain, relative).map(({ path, own }) => ({
          path: posix.join(path, name.slice(7)),
          own,
        }))
      : [relative(name, chain[0])];
    const named = listOf(variables.DYLD_LIBRARY_PATH, ':').map((path) =>
      elsewhere(posix.join(path, posix.basename(name))),
    );
    return firstOf([...named, ...places], fits);
  };
}

/**
 * The folders that a file names, then those of the file that loaded it, and so on: DT_RPATH and LC_RPATH are inherited, as ld.so(8) and
 * dyld(1) say. A file with a DT_RUNPATH has no DT_RPATH for the loader, and hands none down.
 */
function inheritedFolders(
  chain: readonly LoadedFile[],
  relative: (path: string, file: LoadedFile) => FoundLibrary,
): readonly FoundLibrary[] {
  return chain
    .flatMap((file) =>
      file.searchPaths.runpath === undefined
        ? file.searchPaths.rpath.map((path) => relative(path, file))
        : [],
    )
    .slice(0, maxFolders);
}

/** A path with its placeholder for the folder of the file that names it filled in. */
function relativeTo(path: string, placeholder: RegExp, file: LoadedFile): FoundLibrary {
  const folder = posix.dirname(file.path);
  const filled = path.replace(placeholder, () => folder);
  return { path: posix.normalize(filled), own: file.own && filled !== path };
}

function elsewhere(path: string): FoundLibrary {
  return { path, own: false };
}

function firstOf(places: readonly FoundLibrary[], fits: (path: string) => boolean): FoundLibrary | undefined {
  return places.find(({ path }) => fits(path));
}

function windowsSearch(machine: LoaderEnvironment, fits: (path: string) => boolean): LibrarySearch {
  const { variables, loaded, executable } = machine;
  const root = variables.SystemRoot ?? variables.windir ?? 'C:\\Windows';
  const folders = [
    win32.dirname(executable),
    win32.join(root, 'System32'),
    root,
    ...listOf(variables.PATH ?? variables.Path, ';'),
  ];
  return (name) => {
    const known = loaded.find((path) => win32.basename(path).toLowerCase() === name.toLowerCase());
    if (known !== undefined) {
      return elsewhere(known);
    }
    // Names that Windows maps to its own libraries.
    if (/^(api|ext)-ms-/i.test(name)) {
      return elsewhere(name);
    }
    return firstOf(
      folders.map((folder) => elsewhere(win32.join(folder, name))),
      fits,
    );
  };
}

/** Whether a library that is loaded as `file` answers to `name`: libwasmedge.so.0.1.0 is libwasmedge.so.0. */
function sameLibrary(file: string, name: string): boolean {
  return file === name || file.startsWith(`${name}.`) || stem(file) === stem(name);
}

function stem(file: string): string {
  return file.replace(/(\.\d+)*\.(so|dylib).*$/, '');
}

function listOf(value: string | undefined, separator: string | RegExp): string[] {
  return (value ?? '').split(separator).filter((entry) => entry !== '');
}

/** Whether there is a file at this path. */
export function isFile(path: string): boolean {
  return statIfReachable(path)?.isFile() === true;
}
