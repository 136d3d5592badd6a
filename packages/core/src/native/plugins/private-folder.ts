import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import { makeFolders } from '../../files/make-folders.js';

const user = process.getuid?.();
const prefix = `wasmedge-plugins-${user ?? 'user'}-`;

let folder: string | undefined;

/**
 * The folder of this process for verified copies of plug-ins: nobody but its user may look into it or write to it. All threads have the
 * same one. It goes with the process; what a killed process left is removed by the next one.
 */
export function privateFolder(): string {
  if (folder === undefined) {
    folder = makePrivateFolder(join(tmpdir(), `${prefix}${process.pid}`));
    removeStaleFolders();
    if (isMainThread) {
      const ours = folder;
      process.once('exit', () => removeFolder(ours));
    }
  }
  return folder;
}

function makePrivateFolder(path: string): string {
  try {
    makeFolders(path, 0o700);
    const kind = lstatSync(path);
    if (!kind.isDirectory() || (user !== undefined && (kind.uid !== user || (kind.mode & 0o077) !== 0))) {
      throw new Error('it already exists, and is not private to this user');
    }
    return path;
  } catch (cause) {
    throw new NativePluginLoadError(
      `The folder ${path} for verified plug-ins could not be created: ${(cause as Error).message}. Name another folder for temporary files with the variable TMPDIR.`,
      { cause },
    );
  }
}

function removeStaleFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    const path = join(tmpdir(), name);
    if (
      Number.isInteger(pid) &&
      !isRunning(pid) &&
      lstatSync(path, { throwIfNoEntry: false })?.uid === (user ?? 0)
    ) {
      removeFolder(path);
    }
  }
}

function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Windows keeps the file of a library that is loaded; the next process tries again.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
