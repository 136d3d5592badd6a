import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtin } from '../builtin.js';
import { isRunning } from './is-running.js';

/**
 * Removes this user's folders for temporary files that processes have left, since they were killed.
 *
 * @param prefix how their names begin; the number of the process follows, and perhaps a hyphen and more.
 */
export function removeLeftFolders(prefix: string): void {
  const { lstatSync, readdirSync } = builtin('node:fs');
  const folder = tmpdir();
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue;
    const [, pid] = /^(\d+)(?:-|$)/.exec(name.slice(prefix.length)) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(folder, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.uid === (process.getuid?.() ?? 0)) removeFolder(path);
  }
}

/** Removes a folder with all that is in it, if the system lets it. */
export function removeFolder(path: string): void {
  try {
    builtin('node:fs').rmSync(path, { recursive: true, force: true });
  } catch {
    // Windows keeps the file of a library that is loaded; the next process tries again.
  }
}
