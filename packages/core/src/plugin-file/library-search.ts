import { statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import type { BinaryFile } from './binary-file.js';
import { readLoaderCache } from './ld-cache.js';

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

/** Finds libraries as the loader of the platform would. */
export type LibrarySearch = (
  name: string,
  wanter: BinaryFile,
  wanterPath: string,
) => FoundLibrary | undefined;

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
  return (name, { searchPaths: { rpath, runpath } }, wanterPath) => {
    const relative = (path: string) => relativeTo(path, /\$ORIGIN|\$\{ORIGIN\}/g, posix.dirname(wanterPath));
    if (name.includes('/')) {
      return firstOf([relative(name)], fits);
    }
    const known = loaded.find((path) => sameLibrary(posix.basename(path), name));
    if (known !== undefined) {
      return { path: known, own: false };
    }
    cache ??= readLoaderCache();
    const inFolder = (folder: FoundLibrary) => ({ ...folder, path: posix.join(folder.path, name) });
    return firstOf(
      [
        ...(runpath === undefined ? rpath.map(relative) : []).map(inFolder),
        ...listOf(variables.LD_LIBRARY_PATH, /[:;]/).map(elsewhere).map(inFolder),
        ...(runpath ?? []).map(relative).map(inFolder),
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
  return (name, { searchPaths: { rpath } }, wanterPath) => {
    const relative = (path: string) => relativeTo(path, /^@loader_path(?=\/|$)/, posix.dirname(wanterPath));
    const known = loaded.find((path) => sameLibrary(posix.basename(path), posix.basename(name)));
    if (known !== undefined) {
      return { path: known, own: false };
    }
    // The system's own libraries are in one cache of the loader and not in the file system.
    if (/^\/(usr\/lib|System)\//.test(name)) {
      return { path: name, own: false };
    }
    const places = name.startsWith('@rpath/')
      ? rpath.map(relative).map(({ path, own }) => ({ path: posix.join(path, name.slice(7)), own }))
      : [relative(name)];
    const named = listOf(variables.DYLD_LIBRARY_PATH, ':').map((path) =>
      elsewhere(posix.join(path, posix.basename(name))),
    );
    return firstOf([...named, ...places], fits);
  };
}

/** A path with its placeholder for the folder of the file that wants it filled in. */
function relativeTo(path: string, placeholder: RegExp, folder: string): FoundLibrary {
  const filled = path.replace(placeholder, () => folder);
  return { path: posix.normalize(filled), own: filled !== path };
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
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
