import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  futimesSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { SharedRange } from '../protocol/messages.js';
import type { SharedRegion } from '../transports/transport.js';

const zeros = Buffer.alloc(1_048_576);

const directory = '/dev/shm';
const namePattern = /^wasmedge-plugins-[0-9a-f]{32}$/;

/** Milliseconds that a file is left alone after its time, for clocks that are set. */
const patienceMs = 60_000;

/** Files that a server has not opened yet. */
const named = new Set<string>();
process.on('exit', () => {
  for (const path of named) remove(path);
});

/**
 * A file in memory that another process can open by its name until {@link hideFile} takes that away. A process that is killed before leaves it; one that is
 * killed later leaves nothing here, but the server keeps what it has opened until it ends. What was left is removed when the next file is made, and the time is over
 * in which its server could have opened it: that is the file's time of modification.
 */
export class RegionFile implements SharedRegion {
  readonly name = `wasmedge-plugins-${randomBytes(16).toString('hex')}`;
  readonly key = `/${this.name}`;
  readonly #path = `${directory}/${this.name}`;
  readonly #file: number;

  /**
   * @param namedMs milliseconds after which nobody opens it by its name any more
   * @throws the system's error, such as ENOSPC
   */
  constructor(
    readonly byteLength: number,
    namedMs: number,
  ) {
    removeLeftFiles();
    const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
    this.#file = openSync(this.#path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    named.add(this.#path);
    try {
      const until = (Date.now() + namedMs) / 1000;
      // Memory that is not there when a server writes to it would end the server.
      for (let offset = 0; offset < byteLength; ) {
        offset += writeSync(this.#file, zeros, 0, Math.min(zeros.byteLength, byteLength - offset), offset);
      }
      futimesSync(this.#file, until, until);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Takes the file's name away, once the server has opened it. */
  hideFile(): void {
    if (named.delete(this.#path)) remove(this.#path);
  }

  write(range: SharedRange, data: Uint8Array): void {
    for (let done = 0; done < range.byteLength; ) {
      done += writeSync(this.#file, data, done, range.byteLength - done, range.offset + done);
    }
  }

  /** The bytes at the beginning of a range. */
  read(range: SharedRange, byteLength: number): Buffer {
    const data = Buffer.allocUnsafe(byteLength);
    for (let done = 0; done < byteLength; ) {
      const bytes = readSync(this.#file, data, done, byteLength - done, range.offset + done);
      if (bytes === 0) throw new Error(`The shared memory "${this.name}" was cut short by another process.`);
      done += bytes;
    }
    return data;
  }

  close(): void {
    this.hideFile();
    closeSync(this.#file);
  }
}

function remove(path: string): void {
  rmSync(path, { force: true });
}

/** Removes files of processes and threads that were ended before their servers had opened them. */
function removeLeftFiles(): void {
  for (const name of readdirSync(directory)) {
    if (!namePattern.test(name)) continue;
    try {
      if (statSync(`${directory}/${name}`).mtimeMs < Date.now() - patienceMs) remove(`${directory}/${name}`);
    } catch {
      // It is another user's, or gone already.
    }
  }
}
