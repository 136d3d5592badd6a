import { lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import { makeFolders } from '../../files/make-folders.js';
import { removeFolder, removeLeftFolders } from '../../files/remove-left-folders.js';

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
    removeLeftFolders(prefix);
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
