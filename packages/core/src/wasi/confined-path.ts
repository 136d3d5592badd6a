import { type BigIntStats, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isUsableName, separators } from './host-name.js';
import { WasiError } from './wasi-error.js';

// SYMLOOP_MAX of Linux.
const mostLinks = 40;

/** Where a guest's path leads, inside the folder it started from. */
export interface ConfinedPath {
  /** The host's path. No part of it is a symbolic link, except the last one when links are not followed. */
  readonly hostPath: string;
  /** Names between the folder and the last part, the last one included; empty for the folder itself. */
  readonly names: readonly string[];
  /** What is there; `undefined` when nothing is. */
  readonly stats: BigIntStats | undefined;
}

/**
 * Follows a guest's path part by part, so that neither `..` nor a symbolic link can lead out of `folder`, a real path.
 *
 * What is checked is the tree as it is now. Node.js cannot open a file relative to an open folder, so whoever replaces a folder on the way by
 * a symbolic link between this check and the use of the result can redirect it. A guest cannot do that alone: it makes one call at a time.
 * Guests that run at once, on several threads or in several processes, must not be given the same folder when they are not trusted.
 */
export function confinedPath(folder: string, guestPath: string, followLast: boolean): ConfinedPath {
  if (guestPath === '') throw new WasiError('noent');
  if (guestPath.startsWith('/')) throw new WasiError('notcapable');
  // A preopen can lie in another one, and a guest can replace a folder that it has open: the start is checked as well.
  if (realpathSync.native(folder) !== folder) throw new WasiError('notcapable');
  const rest = guestPath.split('/').reverse();
  const names: string[] = [];
  let mustBeFolder = guestPath.endsWith('/');
  let stats: BigIntStats | undefined = lstatOf(folder);
  let links = 0;

  while (rest.length > 0) {
    const name = rest.pop() as string;
    if (name === '') continue;
    if (stats === undefined) throw new WasiError('noent');
    if (!stats.isDirectory()) throw new WasiError('notdir');
    if (name === '.') continue;
    if (name === '..') {
      if (names.pop() === undefined) throw new WasiError('notcapable');
      stats = lstatOf(path.join(folder, ...names));
      continue;
    }
    if (!isUsableName(name)) throw new WasiError('inval');
    const isLast = rest.every((part) => part === '');
    stats = lstatOf(path.join(folder, ...names, name));
    if (stats?.isSymbolicLink() && (!isLast || followLast || mustBeFolder)) {
      links += 1;
      if (links > mostLinks) throw new WasiError('loop');
      const target = readlinkSync(path.join(folder, ...names, name));
      if (path.isAbsolute(target)) throw new WasiError('notcapable');
      if (isLast && separators.test(target.at(-1) as string)) mustBeFolder = true;
      rest.push(...target.split(separators).reverse());
      stats = lstatOf(path.join(folder, ...names));
    } else {
      names.push(name);
    }
  }

  if (mustBeFolder && stats !== undefined && !stats.isDirectory()) throw new WasiError('notdir');
  const hostPath = path.join(folder, ...names);
  // The system decides what a new name with a slash behind it means: `mkdir` takes it, the others refuse.
  return { hostPath: mustBeFolder && stats === undefined ? hostPath + path.sep : hostPath, names, stats };
}

/** Whether a symbolic link at this place would lead out of the folder the place is confined to. */
export function linkEscapes(at: Pick<ConfinedPath, 'names'>, target: string): boolean {
  if (path.isAbsolute(target)) return true;
  let depth = at.names.length - 1;
  for (const part of target.split(separators)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

function lstatOf(hostPath: string): BigIntStats | undefined {
  return lstatSync(hostPath, { bigint: true, throwIfNoEntry: false });
}
