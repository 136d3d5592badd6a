import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { WasiError } from '../wasi-error.js';
import { fileRights } from '../wasi-rights.js';
import { FdFlags, Whence } from '../wasi-types.js';
import {
  Descriptor,
  type FileStat,
  type FileTimes,
  fileStatOf,
  fileTypeOf,
  largestTransfer,
} from './descriptor.js';

/** The flags that can only be given to the system when a file is opened. */
const openingFlags = FdFlags.append | FdFlags.dsync | FdFlags.rsync | FdFlags.sync;

/** A file of a preopened folder, with its own position. */
export class OpenFile extends Descriptor {
  readonly fileType: number;
  readonly #hostPath: string;
  readonly #access: number;
  readonly #seekable: boolean;
  #fd: number;
  #position = 0;

  /** `access` is the system's flag for reading, writing or both; `creation` those that count at this opening only. */
  constructor(hostPath: string, access: number, creation: number, flags: number, rights: bigint) {
    super(fileRights, rights);
    this.#hostPath = hostPath;
    this.#access = access;
    this.#fd = openHostFile(hostPath, access | creation, flags);
    this.flags = flags;
    const stats = fstatSync(this.#fd, { bigint: true });
    this.fileType = fileTypeOf(stats);
    this.#seekable = stats.isFile() || stats.isBlockDevice();
  }

  override read(bytes: Uint8Array): number {
    const count = this.#read(bytes, this.#seekable ? this.#position : null);
    this.#position += count;
    return count;
  }

  override write(bytes: Uint8Array): number {
    const count = this.#write(bytes, this.#seekable ? this.#position : null);
    if ((this.flags & FdFlags.append) !== 0) this.#position = this.#size();
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
    return this.#seekable;
  }

  override get readable(): number {
    return this.#seekable ? Math.max(0, this.#size() - this.#position) : 1;
  }

  override setSize(size: number): void {
    ftruncateSync(this.#fd, size);
  }

  override setTimes({ atime, mtime }: FileTimes): void {
    const { atimeNs, mtimeNs } = this.stat();
    futimesSync(this.#fd, atime ?? Number(atimeNs) / 1e9, mtime ?? Number(mtimeNs) / 1e9);
  }

  override sync(dataOnly: boolean): void {
    if (dataOnly) fdatasyncSync(this.#fd);
    else fsyncSync(this.#fd);
  }

  override stat(): FileStat {
    return fileStatOf(fstatSync(this.#fd, { bigint: true }));
  }

  /** Node.js cannot change the flags of an open file, so it is opened again; that is refused when another file is there by now. */
  override setFlags(flags: number): void {
    const changed = flags ^ this.flags;
    if ((changed & openingFlags) !== 0 && (flags & ~FdFlags.all) === 0) {
      const fd = openHostFile(this.#hostPath, this.#access, flags);
      if (!isSameFile(fd, this.#fd)) {
        closeSync(fd);
        throw new WasiError('notsup');
      }
      closeSync(this.#fd);
      this.#fd = fd;
    }
    super.setFlags(flags);
  }

  override close(): void {
    closeSync(this.#fd);
  }

  #read(bytes: Uint8Array, position: number | null): number {
    return readSync(this.#fd, bytes, 0, Math.min(bytes.byteLength, largestTransfer), position);
  }

  #write(bytes: Uint8Array, position: number | null): number {
    return writeSync(this.#fd, bytes, 0, Math.min(bytes.byteLength, largestTransfer), position);
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
    if (!this.#seekable) throw new WasiError('spipe');
  }
}

function openHostFile(hostPath: string, hostFlags: number, flags: number): number {
  // No link is followed (the path has none), no terminal is taken over, and a pipe does not make the host wait for its other side.
  let all = hostFlags | constants.O_NOFOLLOW | constants.O_NOCTTY | constants.O_NONBLOCK;
  if ((flags & FdFlags.append) !== 0) all |= constants.O_APPEND;
  if ((flags & FdFlags.dsync) !== 0) all |= constants.O_DSYNC;
  if ((flags & (FdFlags.rsync | FdFlags.sync)) !== 0) all |= constants.O_SYNC;
  return openSync(hostPath, all, 0o666);
}

function isSameFile(a: number, b: number): boolean {
  const first = fstatSync(a, { bigint: true });
  const second = fstatSync(b, { bigint: true });
  return first.dev === second.dev && first.ino === second.ino;
}
