import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { libc } from '../native/libc.js';

const pauseMs = 50;

/** A lock that is held until it is disposed of, or until the process has ended. */
export interface FileLock extends Disposable {}

/** What is held where the system has no locks: files are put into place whole, so work is done twice at worst. */
const nothing: FileLock = { [Symbol.dispose]: () => {} };

/** Takes the lock of a file, unless another one, here or in another process, has it. */
export function tryLock(path: string): FileLock | undefined {
  const library = libc();
  if (library === undefined) return nothing;
  let fd: number;
  try {
    fd = openSync(path, 'a', 0o600);
  } catch {
    return nothing;
  }
  try {
    if (library.tryLock(fd)) return { [Symbol.dispose]: () => closeSync(fd) };
  } catch {
    closeSync(fd);
    return nothing; // A file system without locks.
  }
  closeSync(fd);
  return undefined;
}

/**
 * Waits for the lock of a file.
 *
 * @throws the signal's reason when it ends the wait.
 */
export async function takeLock(path: string, signal: AbortSignal | undefined): Promise<FileLock> {
  for (;;) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    signal?.throwIfAborted();
    await wait(pauseMs);
  }
}
