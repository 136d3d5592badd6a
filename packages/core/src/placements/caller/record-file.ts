import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, ftruncateSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallRecord, type RecordedCall, recordSize } from '../../control/call-record.js';

const sharedMemory = '/dev/shm';

/** A file without a name, in which a process notes its host calls so that they are known after its end. */
export class RecordFile {
  readonly fd: number;

  private constructor(fd: number) {
    this.fd = fd;
  }

  /** `undefined` where there can be none: then nobody knows the last host call of a process that has ended. */
  static open(): RecordFile | undefined {
    // Only there does a process map a file.
    if (process.platform !== 'linux') return undefined;
    try {
      const folder = existsSync(sharedMemory) ? sharedMemory : tmpdir();
      const path = join(folder, `wasmedge-plugins-${randomUUID()}`);
      const fd = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      ftruncateSync(fd, recordSize);
      return new RecordFile(fd);
    } catch {
      return undefined;
    }
  }

  /** What is noted, and closes the file. */
  take(): RecordedCall | undefined {
    try {
      const bytes = new Uint8Array(recordSize);
      readSync(this.fd, bytes, 0, recordSize, 0);
      return new CallRecord(bytes.buffer).read();
    } finally {
      closeSync(this.fd);
    }
  }
}
