import path from 'node:path';
import type { FileStat } from './descriptors/descriptor.js';
import type { HostFolder } from './descriptors/host-folder.js';
import { FolderTrail } from './folder-trail.js';
import { isUsableName, separators } from './host-name.js';
import { linkTarget } from './link-target.js';
import { WasiError } from './wasi-error.js';
import { FileType } from './wasi-types.js';

// SYMLOOP_MAX of Linux.
const maxLinks = 40;
// As many as a path and the links in it can have without going through long ones again and again.
const maxParts = 4096;

/** What becomes of a symbolic link in the last part: it is followed, it is not unless a slash says that it must be a folder, or never. */
export type LastLink = 'follow' | 'keep' | 'name';

/** Where a guest's path leads, inside the folder it started from. To be used at once: what it holds open is closed afterwards. */
export interface Place {
  /** The folder in which the last part lies. */
  readonly folder: HostFolder;
  /** The last part; `undefined` for the folder itself, where a path ends in `.`, in `..` or nowhere. */
  readonly name: string | undefined;
  /** The part that a path to the folder itself ended in. */
  readonly ending: '.' | '..' | undefined;
  /** Whether a slash says that it must be a folder. */
  readonly mustBeFolder: boolean;
  /** How many folders lie between the start and the last part. */
  readonly depth: number;
}

/**
 * Follows a guest's path part by part, so that neither `..` nor a symbolic link can lead out of the folder it starts from, and hands over
 * what it leads to.
 *
 * Where folders are known by their descriptors, each step starts at the folder that was reached by the last one: no change of the tree at the
 * same time can lead out. Elsewhere what is checked is the tree as it is at that moment, which another process could change before it is used.
 */
export function confined<Result>(
  start: HostFolder,
  guestPath: string,
  lastLink: LastLink,
  use: (place: Place) => Result,
): Result {
  if (guestPath === '') throw new WasiError('noent');
  if (guestPath.startsWith('/')) throw new WasiError('notcapable');
  const trail = new FolderTrail(start);
  try {
    return use(placeOf(trail, guestPath, lastLink));
  } finally {
    trail.close();
  }
}

function placeOf(trail: FolderTrail, guestPath: string, lastLink: LastLink): Place {
  const rest = guestPath.split('/').reverse();
  let mustBeFolder = rest.length > 1 && rest[0] === '';
  let links = 0;
  let parts = 0;
  let ending: '.' | '..' = '.';
  while (rest.length > 0) {
    const name = rest.pop() as string;
    if (name === '') continue;
    parts += 1;
    if (parts > maxParts) throw new WasiError('nametoolong');
    if (name === '.' || name === '..') {
      if (name === '..') trail.leave();
      ending = name;
      continue;
    }
    if (!isUsableName(name)) throw new WasiError('inval');
    const isLast = rest.every((part) => part === '');
    const target = isLast ? lastTarget(trail.folder, name, lastLink, mustBeFolder) : trail.enter(name);
    if (target !== undefined) {
      links += 1;
      if (links > maxLinks) throw new WasiError('loop');
      if (target === '') throw new WasiError('noent');
      if (path.isAbsolute(target)) throw new WasiError('notcapable');
      if (isLast && separators.test(target.at(-1) as string)) mustBeFolder = true;
      rest.push(...target.split(separators).reverse());
    } else if (isLast) {
      return { folder: trail.folder, name, ending: undefined, mustBeFolder, depth: trail.depth };
    }
  }
  return { folder: trail.folder, name: undefined, ending, mustBeFolder, depth: trail.depth };
}

/** Where the last part leads, if it is a link that is to be followed. */
function lastTarget(
  folder: HostFolder,
  name: string,
  lastLink: LastLink,
  mustBeFolder: boolean,
): string | undefined {
  const follows = lastLink === 'follow' || (lastLink === 'keep' && mustBeFolder);
  if (!follows || folder.lstat(name)?.fileType !== FileType.symbolicLink) return undefined;
  return linkTarget(folder, name);
}

/** What is at a place; an error when there is nothing, or no folder where there must be one. */
export function existing({ folder, name, mustBeFolder }: Place): FileStat {
  if (name === undefined) return folder.stat();
  const stat = folder.lstat(name);
  if (stat === undefined) throw new WasiError('noent');
  if (mustBeFolder && stat.fileType !== FileType.directory) throw new WasiError('notdir');
  return stat;
}

/** Whether a symbolic link in a folder that lies so deep could lead out of where its path started. */
export function linkEscapes(depth: number, target: string): boolean {
  if (path.isAbsolute(target)) return true;
  let up = 0;
  let isAtStart = true;
  for (const part of target.split(separators)) {
    if (part === '' || part === '.') continue;
    // What comes before `..` may be a link to somewhere else, now or later.
    if (part === '..' && !isAtStart) return true;
    if (part === '..') up += 1;
    else isAtStart = false;
  }
  return up > depth;
}
