import { fstatSync } from 'node:fs';
import { builtin } from '../../builtin.js';
import type { InputSource, OutputSink } from '../endpoints.js';
import { nodeCode } from '../wasi-error.js';
import { FileType } from '../wasi-types.js';
import { mustNotWait, requireReady, waitToRetry } from './host-readiness.js';
import { readBytes, writeBytes } from './transfer.js';

// What a pipe that is ready takes at once: PIPE_BUF of Linux and, elsewhere, the least that POSIX allows it to be.
const smallTransfer = process.platform === 'linux' ? 4096 : 512;

/** One of the host's own standard streams. It waits unless it is told otherwise, but never longer than the guest may run. */
export class HostStream implements InputSource, OutputSink {
  readonly #remainingMs: () => number;
  #isFile: boolean | undefined;

  constructor(
    readonly fd: number,
    remainingMs: () => number,
  ) {
    this.#remainingMs = remainingMs;
  }

  /** WASI's file type. */
  get fileType(): number {
    return builtin('node:tty').isatty(this.fd) ? FileType.characterDevice : FileType.unknown;
  }

  read(bytes: Uint8Array, wait: boolean): number {
    if (!wait || mustNotWait(this.#remainingMs)) requireReady(this.fd, true, wait, this.#remainingMs);
    return this.#retry(true, wait, () => {
      try {
        return readBytes(this.fd, bytes, null);
      } catch (error) {
        // How Windows tells that the other side of a pipe is closed.
        if (nodeCode(error) === 'EOF') return 0;
        throw error;
      }
    });
  }

  /** Returns the number of bytes, which are all of them unless it must not wait. */
  write(bytes: Uint8Array, wait: boolean): number {
    if ((wait && !mustNotWait(this.#remainingMs)) || this.#file) return this.#write(bytes, wait);
    let written = 0;
    do {
      requireReady(this.fd, false, wait, this.#remainingMs);
      written += this.#write(bytes.subarray(written, written + smallTransfer), wait);
    } while (wait && written < bytes.byteLength);
    return written;
  }

  #write(bytes: Uint8Array, wait: boolean): number {
    return this.#retry(false, wait, () => writeBytes(this.fd, bytes, null));
  }

  /** A file never waits. */
  get #file(): boolean {
    this.#isFile ??= fstatSync(this.fd).isFile();
    return this.#isFile;
  }

  #retry(reads: boolean, wait: boolean, attempt: () => number): number {
    for (;;) {
      try {
        return attempt();
      } catch (error) {
        const code = nodeCode(error);
        if (code === 'EINTR') continue;
        if (!wait || code !== 'EAGAIN') throw error;
        waitToRetry(this.fd, reads, this.#remainingMs);
      }
    }
  }
}
