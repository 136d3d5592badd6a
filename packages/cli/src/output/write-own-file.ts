import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';

/** Whether there is a file at a path that may be replaced: `false` where nothing is. */
export function isReplaceable(path: string): boolean {
  let stats: ReturnType<typeof lstatSync> | undefined;
  try {
    stats = lstatSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw cannotBeWritten(path, cause);
  }
  if (stats === undefined) return false;
  if (stats.isFile()) return true;
  const kind = stats.isSymbolicLink() ? 'a link' : stats.isDirectory() ? 'a folder' : 'not a file';
  throw new UsageError(`${path} is ${kind}, and nothing was written; name a file, or remove it first`);
}

/**
 * Puts a file into its place whole. What was there is replaced and not written to, so that a link to it that appears meanwhile changes nothing
 * elsewhere.
 *
 * @param force whether a file of the name is replaced.
 * @throws {UsageError} when it cannot be written, with what to do.
 */
export function writeOwnFile(path: string, content: Uint8Array | string, force: boolean): void {
  if (!force) {
    write(path, path, content);
    return;
  }
  const temporary = `${path}.${process.pid}.unfinished`;
  write(path, temporary, content);
  try {
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cannotBeWritten(path, cause);
  }
}

function write(path: string, file: string, content: Uint8Array | string): void {
  try {
    writeFileSync(file, content, { flag: 'wx' });
  } catch (cause) {
    throw cannotBeWritten(path, cause);
  }
}

function cannotBeWritten(path: string, cause: unknown): UsageError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const why =
    code === 'ENOENT'
      ? `there is no folder ${dirname(path)}; create it, or name another file`
      : `${message}; name another file`;
  return new UsageError(`${path} cannot be written: ${why}`, { cause });
}
