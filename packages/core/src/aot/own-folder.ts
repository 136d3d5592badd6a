import { accessSync, constants, lstatSync, realpathSync, type Stats } from 'node:fs';
import { dirname, sep } from 'node:path';
import { AotCacheError } from '../errors/aot-errors.js';
import { makeFolders } from '../files/make-folders.js';
import { cacheVariable } from './cache-places.js';

const writableByOthers = 0o022;
const usableByOthers = 0o077;
const sticky = 0o1000;

/**
 * Whether a folder is there; nobody but the user, and root, may be able to write to it or to put another one into its place. On Windows,
 * which has no such modes, only whether it is there.
 *
 * @throws {AotCacheError} when others may.
 */
export function hasOwnFolder(path: string): boolean {
  return isOwnWay(path, true);
}

/**
 * Makes a folder that nobody else may use, unless it is there.
 *
 * @throws {AotCacheError} when others may write to it or to a folder above it.
 * @throws what the system refuses.
 */
export function makeOwnFolder(path: string): void {
  // Before anything is made: not inside of what others may replace.
  nearestOwnFolder(path);
  makeFolders(path, 0o700);
  hasOwnFolder(path);
}

/**
 * Why a folder could not be made or written to, in the system's words; `undefined` when it can. Nothing is made.
 *
 * @throws {AotCacheError} when others may write to it or to a folder above it.
 */
export function whyNotWritable(path: string): string | undefined {
  const present = nearestOwnFolder(path);
  try {
    // With the dot, what is not a folder is refused.
    accessSync(`${present}${sep}.`, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The folder, or the first above it that is there. */
function nearestOwnFolder(path: string): string {
  let present = path;
  while (!isOwnWay(present, present === path) && dirname(present) !== present) present = dirname(present);
  return present;
}

function isOwnWay(path: string, isLast: boolean): boolean {
  const real = realPathOf(path);
  if (real === undefined) return false;
  // Links on the way must not be others' either.
  for (const each of new Set([...withParents(path), ...withParents(real)])) {
    requireOwn(each, isLast && each === real);
  }
  return true;
}

/**
 * Whether an open file belongs to the user or root, and nobody else may write to it.
 *
 * @param isSecret whether nobody else may read it either.
 */
export function isOwn({ uid, mode }: Pick<Stats, 'uid' | 'mode'>, isSecret: boolean): boolean {
  const user = process.geteuid?.();
  const forbidden = isSecret ? usableByOthers : writableByOthers;
  return user === undefined || ((uid === user || uid === 0) && (mode & forbidden) === 0);
}

function requireOwn(path: string, isLast: boolean): void {
  const stats = lstatSync(path);
  const user = process.geteuid?.();
  if (user === undefined) return;
  if (stats.uid !== user && stats.uid !== 0) {
    throw refusal(path, `it belongs to the user with uid ${stats.uid}`);
  }
  // Of a link the mode says nothing. In a sticky folder, such as /tmp, others cannot move what is ours.
  const isSafe =
    stats.isSymbolicLink() ||
    (stats.mode & writableByOthers) === 0 ||
    (!isLast && (stats.mode & sticky) !== 0);
  if (!isSafe) throw refusal(path, `others can write to it (mode ${(stats.mode & 0o7777).toString(8)})`);
}

function refusal(path: string, why: string): AotCacheError {
  return new AotCacheError(
    `Compiled code is native code, and is neither stored nor loaded where others could change it: ${path} is not private to this user, since ${why}. Remove the write permission of others (chmod go-w), or name another folder with the variable ${cacheVariable} or the option directory of the cache.`,
    path,
  );
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function withParents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...withParents(parent)];
}
