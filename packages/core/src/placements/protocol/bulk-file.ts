import { closeSync, constants, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { Message } from './messages.js';

/** Fewer bytes are as quick beside their message. */
const minBytes = 64 * 1024;
const maxBulkBytes = 4 * 1024 * 1024;
/** Room for a message that is answered, and for one that is not. */
export const bulkFileSize = 2 * maxBulkBytes;
const folder = '/dev/shm';
/** Linux's O_TMPFILE, but for O_DIRECTORY, which differs between processors. */
const temporary = 0o20000000;

/**
 * Memory that two processes share, as a file without a name, which ends with them: the bytes of a large message go there, which takes no turns of a pipe. It holds
 * those of one message at a time that is answered, and of one that is not.
 */
export class BulkFile {
  readonly descriptor: number;
  readonly #mapped: Uint8Array | undefined;
  /** So many bytes have been written at its beginning. Writing more where it is mapped would end the process when the system has no memory for them. */
  #written = 0;

  /** @param mapped the file as memory. Default: it is read and written. */
  constructor(descriptor: number, mapped?: Uint8Array) {
    this.descriptor = descriptor;
    this.#mapped = mapped;
  }

  /** A new file; `undefined` where the system has no such memory. */
  static create(): BulkFile | undefined {
    if (process.platform !== 'linux') return undefined;
    let file: BulkFile | undefined;
    try {
      file = new BulkFile(openSync(folder, constants.O_RDWR | constants.O_DIRECTORY | temporary, 0o600));
      // All of it can be mapped; what nobody writes takes no memory.
      ftruncateSync(file.descriptor, bulkFileSize);
      return file;
    } catch {
      file?.close();
      return undefined;
    }
  }

  /** The message with its bytes in the file, or as it was, where they are not worth it or have no room. */
  store<M extends Message>(message: M): M | Message {
    const { bytes } = message;
    if (bytes === undefined || bytes.byteLength < minBytes || bytes.byteLength > maxBulkBytes) return message;
    const start = startOf(message);
    if (this.#mapped !== undefined && start + bytes.byteLength <= this.#written) {
      this.#mapped.set(bytes, start);
    } else if (!this.#write(bytes, start)) return message;
    return { ...message, bytes: undefined, storedBytes: bytes.byteLength };
  }

  /** The message with the bytes that it has in the file, in an array that `allocate` makes. */
  restore(message: Message, allocate: (length: number) => Uint8Array<ArrayBuffer>): Message {
    const { storedBytes, ...rest } = message;
    if (storedBytes === undefined) return message;
    const start = startOf(message);
    if (storedBytes > maxBulkBytes) throw new RangeError('The file has fewer bytes than its message says.');
    const bytes = allocate(storedBytes);
    if (this.#mapped === undefined) this.#read(bytes, start);
    else bytes.set(this.#mapped.subarray(start, start + bytes.byteLength));
    return { ...rest, bytes };
  }

  /** The message with the bytes themselves that it has in the file; `undefined` where that is not mapped. They are to be read before the message is answered. */
  lend(message: Message): Message | undefined {
    const { storedBytes, ...rest } = message;
    if (storedBytes === undefined || this.#mapped === undefined) return undefined;
    const start = startOf(message);
    return { ...rest, bytes: this.#mapped.subarray(start, start + storedBytes) };
  }

  close(): void {
    closeSync(this.descriptor);
  }

  #write(bytes: Uint8Array, start: number): boolean {
    try {
      for (let done = 0; done < bytes.byteLength; ) {
        done += writeSync(this.descriptor, bytes, done, bytes.byteLength - done, start + done);
      }
    } catch {
      return false;
    }
    if (start <= this.#written) this.#written = Math.max(this.#written, start + bytes.byteLength);
    return true;
  }

  #read(bytes: Uint8Array, start: number): void {
    for (let done = 0; done < bytes.byteLength; ) {
      const count = readSync(this.descriptor, bytes, done, bytes.byteLength - done, start + done);
      if (count === 0) throw new RangeError('The file has fewer bytes than its message says.');
      done += count;
    }
  }
}

/** Where the bytes of a message lie. */
function startOf({ isUnanswered }: Message): number {
  return isUnanswered ? maxBulkBytes : 0;
}
