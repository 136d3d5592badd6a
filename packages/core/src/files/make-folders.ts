import { dirname, resolve } from 'node:path';
import { builtin } from '../builtin.js';

/**
 * Makes a folder and those above it that are missing. Unlike the option `recursive` of Node.js, which tries for ever where a file system says of
 * a new folder that it is not there (as `/proc` does), it tries each one once.
 *
 * @param mode the permission bits of those that are made. Default: what the process's umask leaves of 0o777.
 * @throws {Error} what the system refuses.
 */
export function makeFolders(path: string, mode = 0o777): void {
  const missing: string[] = [];
  let folder = resolve(path);
  while (!makeFolder(folder, mode, dirname(folder) !== folder)) {
    missing.push(folder);
    folder = dirname(folder);
  }
  for (const each of missing.reverse()) makeFolder(each, mode, false);
}

/** Whether it is there now; false when the folder above it is missing, if that may be. */
function makeFolder(path: string, mode: number, mayLackParent: boolean): boolean {
  const { mkdirSync, statSync } = builtin('node:fs');
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (error) {
    // Of one that is there, systems say different things.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return true;
    if (mayLackParent && (error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
