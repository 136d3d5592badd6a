import { readSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { sleep } from '../sleep.js';
import { nodeCode } from '../wasi-error.js';
import { FileType } from '../wasi-types.js';
import { largestTransfer } from './descriptor.js';

// How long to wait before a pipe that is in non-blocking mode is tried again.
const retryMilliseconds = 2;

/** Reads from one of the host's own standard streams, waiting for input unless told otherwise. */
export function readHostStream(fd: number, bytes: Uint8Array, wait: boolean): number {
  return retry(wait, () => {
    try {
      return readSync(fd, bytes, 0, Math.min(bytes.byteLength, largestTransfer), null);
    } catch (error) {
      // How Windows tells that the other side of a pipe is closed.
      if (nodeCode(error) === 'EOF') return 0;
      throw error;
    }
  });
}

/** Writes to one of the host's own standard streams, waiting for room unless told otherwise. */
export function writeHostStream(fd: number, bytes: Uint8Array, wait: boolean): number {
  return retry(wait, () => writeSync(fd, bytes, 0, Math.min(bytes.byteLength, largestTransfer)));
}

/** WASI's file type of one of the host's own standard streams. */
export function hostStreamType(fd: number): number {
  return isatty(fd) ? FileType.characterDevice : FileType.unknown;
}

function retry(wait: boolean, attempt: () => number): number {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const code = nodeCode(error);
      if (code !== 'EINTR' && !(wait && code === 'EAGAIN')) throw error;
      sleep(retryMilliseconds);
    }
  }
}
