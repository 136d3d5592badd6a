import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  openSync,
} from 'node:fs';
import { libc } from '../../native/libc.js';
import { secondsOf } from '../file-stat.js';
import { WasiError } from '../wasi-error.js';
import { fileRights } from '../wasi-rights.js';
import { FdFlags, Whence } from '../wasi-types.js';
import { Descriptor, type FileStat, type FileTimes, fileStatOf, fileTypeOf } from './descriptor.js';
import { readBytes, writeBytes } from './transfer.js';
import { unlessCode, waitFor } from './wait-for.js';

/** The flags that can only be given to the system when a file is opened. */
const synchronousFlags = FdFlags.dsync | FdFlags.rsync | FdFlags.sync;
const hasAppend = process.platform !== 'win32';

/** An open file of the host. */
export interface HostFile {
  readonly fd: number;
  /** `st_mode` */
  readonly mode: number;
  /** The system's flag for reading, writing or both. */
  readonly access: number;
  /** What a pipe was asked for to see whether its other side is there. */
  readonly readAhead?: Uint8Array | undefined;
}

/** A file of a preopened folder, with its own position. */
export class OpenFile extends Descriptor {
  readonly fileType: number;
  readonly #access: number;
  readonly #isSeekable: boolean;
  readonly #remainingMs: () => number;
  #readAhead: Uint8Array | undefined;
  #fd: number;
  #position = 0;

  constructor(file: HostFile, flags: number, rights: bigint, remainingMs: () => number) {
    super(fileRights, rights);
    this.#fd = file.fd;
    this.#access = file.access;
    this.#readAhead = file.readAhead;
    this.#remainingMs = remainingMs;
    this.flags = flags;
    this.fileType = fileTypeOf(file.mode);
    const type = file.mode & constants.S_IFMT;
    this.#isSeekable = type === constants.S_IFREG || type === constants.S_IFBLK;
  }

  override read(bytes: Uint8Array): number {
    if (!this.#isSeekable) return this.#takeReadAhead(bytes) ?? this.#wait(() => this.#read(bytes, null));
    const count = this.#read(bytes, this.#position);
    this.#position += count;
    return count;
  }

  override write(bytes: Uint8Array): number {
    if (!this.#isSeekable) return this.#wait(() => this.#write(bytes, null));
    const appends = (this.flags & FdFlags.append) !== 0;
    const count = this.#write(bytes, appends && !hasAppend ? this.#size() : this.#position);
    if (appends) this.#position = this.#size();
    else this.#position += count;
    return count;
  }

  override readAt(bytes: Uint8Array, position: number): number {
    this.#requireSeekable();
    return this.#read(bytes, position);
  }

  override writeAt(bytes: Uint8Array, position: number): number {
    this.#requireSeekable();
    return this.#write(bytes, position);
  }

  override seek(offset: bigint, whence: number): number {
    this.#requireSeekable();
    const position = offset + BigInt(this.#origin(whence));
    if (position < 0n || position > BigInt(Number.MAX_SAFE_INTEGER)) throw new WasiError('inval');
    this.#position = Number(position);
    return this.#position;
  }

  override get readsOn(): boolean {
    return this.#isSeekable;
  }

  override get readable(): number {
    return this.#isSeekable ? Math.max(0, this.#size() - this.#position) : 1;
  }

  /** What was read ahead is there without waiting. */
  override get hostDescriptor(): number | undefined {
    return this.#isSeekable || this.#readAhead !== undefined ? undefined : this.#fd;
  }

  override setSize(size: number): void {
    ftruncateSync(this.#fd, size);
  }

  /** Node.js cannot reserve room on a disk; the file gets the size that the reservation would give it. */
  override allocate(size: number): void {
    this.#requireSeekable();
    if (this.#size() < size) this.setSize(size);
  }

  override setTimes({ atime, mtime }: FileTimes): void {
    const library = libc();
    if (library !== undefined) {
      library.setTimes(this.#fd, atime, mtime);
      return;
    }
    const { atimeNs, mtimeNs } = this.stat();
    futimesSync(this.#fd, secondsOf(atime ?? atimeNs), secondsOf(mtime ?? mtimeNs));
  }

  override sync(dataOnly: boolean): void {
    if (dataOnly) fdatasyncSync(this.#fd);
    else fsyncSync(this.#fd);
  }

  override stat(): FileStat {
    return fileStatOf(fstatSync(this.#fd, { bigint: true }));
  }

  override setFlags(flags: number): void {
    if ((flags & ~FdFlags.all) !== 0) throw new WasiError('inval');
    const changed = flags ^ this.flags;
    const isAppendOnly = (changed & synchronousFlags) === 0;
    if (isAppendOnly && (changed & FdFlags.append) !== 0 && hasAppend) {
      const library = libc();
      if (library === undefined) this.#reopen(flags);
      else library.setStatusFlags(this.#fd, systemFlags(flags));
    } else if (!isAppendOnly) {
      this.#reopen(flags);
    }
    super.setFlags(flags);
  }

  override close(): void {
    closeSync(this.#fd);
  }

  /** Opens the very file that is open, whatever has its name by now. */
  #reopen(flags: number): void {
    if (process.platform !== 'linux') throw new WasiError('notsup');
    const fd = openSync(`/proc/self/fd/${this.#fd}`, this.#access | systemFlags(flags));
    closeSync(this.#fd);
    this.#fd = fd;
  }

  #wait(attempt: () => number): number {
    if ((this.flags & FdFlags.nonblock) !== 0) return attempt();
    return waitFor(() => unlessCode('EAGAIN', attempt), this.#remainingMs);
  }

  #takeReadAhead(bytes: Uint8Array): number | undefined {
    const ahead = this.#readAhead;
    if (ahead === undefined || bytes.byteLength === 0) return undefined;
    bytes.set(ahead);
    this.#readAhead = undefined;
    const rest = bytes.subarray(ahead.byteLength);
    if (rest.byteLength === 0) return ahead.byteLength;
    return ahead.byteLength + (unlessCode('EAGAIN', () => this.#read(rest, null)) ?? 0);
  }

  #read(bytes: Uint8Array, position: number | null): number {
    return readBytes(this.#fd, bytes, position);
  }

  #write(bytes: Uint8Array, position: number | null): number {
    return writeBytes(this.#fd, bytes, position);
  }

  #origin(whence: number): number {
    if (whence === Whence.set) return 0;
    if (whence === Whence.current) return this.#position;
    if (whence === Whence.end) return this.#size();
    throw new WasiError('inval');
  }

  #size(): number {
    return fstatSync(this.#fd).size;
  }

  #requireSeekable(): void {
    if (!this.#isSeekable) throw new WasiError('spipe');
  }
}

/** The system's flags for those of a guest. No terminal is taken over, and nothing makes the host wait: the guest's waits are ours, and end. */
export function systemFlags(flags: number): number {
  let all = (constants.O_NOCTTY ?? 0) | (constants.O_NONBLOCK ?? 0);
  if ((flags & FdFlags.append) !== 0 && hasAppend) all |= constants.O_APPEND;
  if ((flags & FdFlags.dsync) !== 0) all |= constants.O_DSYNC ?? 0;
  if ((flags & (FdFlags.rsync | FdFlags.sync)) !== 0) all |= constants.O_SYNC ?? 0;
  return all;
}
