import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import type { Message } from './messages.js';

/** Fewer bytes are as quick beside their message. */
const minBytes = 64 * 1024;
/** The file stays as large as it has become. */
const maxBytes = 4 * 1024 * 1024;
const folder = '/dev/shm';
/** Linux's O_TMPFILE, but for O_DIRECTORY, which differs between processors. */
const temporary = 0o20000000;

/**
 * Memory that two processes share, as a file without a name, which ends with them: the bytes of a large message go there, which takes two copies and no turns of a
 * pipe. It holds one message's at a time.
 */
export class BulkFile {
  readonly descriptor: number;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** A new file; `undefined` where the system has no such memory. */
  static create(): BulkFile | undefined {
    if (process.platform !== 'linux') return undefined;
    try {
      return new BulkFile(openSync(folder, constants.O_RDWR | constants.O_DIRECTORY | temporary, 0o600));
    } catch {
      return undefined;
    }
  }

  /** The message with its bytes in the file, or as it was, where they are not worth it or have no room. */
  store<M extends Message>(message: M): M | Message {
    const { bytes } = message;
    if (bytes === undefined || bytes.byteLength < minBytes || bytes.byteLength > maxBytes) return message;
    try {
      for (let done = 0; done < bytes.byteLength; ) {
        done += writeSync(this.descriptor, bytes, done, bytes.byteLength - done, done);
      }
    } catch {
      return message;
    }
    return { ...message, bytes: undefined, storedBytes: bytes.byteLength };
  }

  /** The message with the bytes that it has in the file, in an array that `allocate` makes. */
  restore(message: Message, allocate: (length: number) => Uint8Array<ArrayBuffer>): Message {
    const { storedBytes, ...rest } = message;
    if (storedBytes === undefined) return message;
    const bytes = allocate(Math.min(storedBytes, maxBytes));
    for (let done = 0; done < bytes.byteLength; ) {
      const count = readSync(this.descriptor, bytes, done, bytes.byteLength - done, done);
      if (count === 0) throw new RangeError('The file has fewer bytes than its message says.');
      done += count;
    }
    return { ...rest, bytes };
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
