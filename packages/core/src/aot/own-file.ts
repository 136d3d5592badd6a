import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isOwn } from './own-folder.js';

/**
 * Reads a file of the user's, opened once: what is checked is what is read.
 *
 * @param maxBytes a longer file is not read.
 * @param isSecret whether nobody else may be able to read it either.
 * @returns `undefined` when there is none that only the user may write to, and when it is longer.
 */
export function readOwnFile(path: string, maxBytes: number, isSecret = false): Uint8Array | undefined {
  let fd: number;
  try {
    // Neither a link to something else, nor a pipe that nobody writes to.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || !isOwn(stats, isSecret) || stats.size > maxBytes) return undefined;
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(fd, bytes, length, bytes.length - length, length);
      if (read === 0) return undefined;
      length += read;
    }
    return bytes;
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

/**
 * Puts a file into its place whole, whatever was there.
 *
 * @throws what the system refuses; nothing is left then.
 */
export function placeOwnFile(path: string, content: Uint8Array | string): void {
  const temporary = `${path}.${randomUUID()}`;
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
