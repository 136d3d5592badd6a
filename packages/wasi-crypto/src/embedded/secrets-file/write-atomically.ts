import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner can read. Whoever reads, also after a crash, sees the old bytes or the new ones, all of them. The
 * bytes are written to `temporary` first, where a process that was ended may have left some; the caller sees to it that no other uses it.
 */
export function writeAtomically(path: string, temporary: string, bytes: Uint8Array): void {
  rmSync(temporary, { force: true });
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (process.platform !== 'win32') {
    syncFolder(dirname(path));
  }
}

/**
 * The new name is durable only when its folder is. What goes wrong here is not a failure of the writing: the bytes have their name already,
 * and a folder that may be written but not read cannot be opened for this.
 */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch {
    // The system writes it later by itself.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
