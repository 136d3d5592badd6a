import { readSync } from 'node:fs';
import { nodeCode } from '../wasi-error.js';
import { FileType } from '../wasi-types.js';
import type { HostFolder } from './host-folder.js';
import { unlessCode, waitFor } from './wait-for.js';

/**
 * Opens something with flags that do not wait; when that is a named pipe which nobody reads, and it is opened for writing, it is tried until
 * somebody does (POSIX, `open`).
 */
export function openWhenRead(
  folder: HostFolder,
  name: string,
  flags: number,
  remainingMs: () => number,
): number {
  const open = () => folder.open(name, flags);
  try {
    return open();
  } catch (error) {
    // The same is said of sockets, and of devices that are not there.
    if (nodeCode(error) !== 'ENXIO' || folder.lstat(name)?.fileType !== FileType.unknown) throw error;
    return waitFor(() => unlessCode('ENXIO', open), remainingMs);
  }
}

/**
 * Waits until somebody has opened a named pipe for writing. That is seen by reading only: where there is something to read at once, its
 * first byte is returned, which the guest is to be given first.
 */
export function awaitWriter(fd: number, remainingMs: () => number): Uint8Array | undefined {
  const ahead = new Uint8Array(1);
  const seen = waitFor(() => {
    const count = unlessCode('EAGAIN', () => readSync(fd, ahead, 0, 1, null));
    return count === 0 ? undefined : { count };
  }, remainingMs);
  return seen.count === 1 ? ahead : undefined;
}
