import type { BigIntStats } from 'node:fs';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { TimeToSet } from '../../native/libc.js';
import { WasiError } from '../wasi-error.js';
import { FdFlags, FileType } from '../wasi-types.js';

/** What `filestat` tells. */
export type FileStat = Pick<
  BigIntStats,
  'dev' | 'ino' | 'nlink' | 'size' | 'atimeNs' | 'mtimeNs' | 'ctimeNs'
> & {
  readonly fileType: number;
};

/** Times to set; what is `undefined` stays. */
export interface FileTimes {
  readonly atime: TimeToSet;
  readonly mtime: TimeToSet;
}

/** Waits for input: the number of bytes, 0 at the end, or `undefined` when there are none after so many milliseconds. */
export type AwaitInput = (milliseconds: number) => number | undefined;

/** Something a guest has open. What a kind cannot do answers with an error of its own, whatever the rights are. */
export abstract class Descriptor {
  /** `fdflags` */
  flags = 0;

  /** The rights that have a meaning for this kind and that the guest does not have. */
  lacking = 0n;
  #rights = 0n;

  /** `kindRights` are the rights that have a meaning for this kind; of `rights`, only those are kept. */
  constructor(
    readonly kindRights: bigint,
    rights: bigint,
    /** What it passes on to what is opened through it. */
    public inheritingRights = 0n,
  ) {
    this.rights = rights & kindRights;
  }

  /** What the guest may do with it. */
  get rights(): bigint {
    return this.#rights;
  }

  set rights(rights: bigint) {
    this.#rights = rights;
    this.lacking = this.kindRights & ~rights;
  }

  abstract readonly fileType: number;

  /** Reads at the current position; returns the number of bytes, 0 at the end. */
  read(_bytes: Uint8Array): number {
    throw new WasiError('badf');
  }

  /** Writes at the current position; returns the number of bytes. */
  write(_bytes: Uint8Array): number {
    throw new WasiError('badf');
  }

  /** {@link read} into guest memory. */
  readInto(memory: GuestMemory, pointer: number, length: number): number {
    return memory.borrow(pointer, length, (bytes) => this.read(bytes));
  }

  /** {@link write} from guest memory. */
  writeFrom(memory: GuestMemory, pointer: number, length: number): number {
    return memory.borrow(pointer, length, (bytes) => this.write(bytes));
  }

  readAt(_bytes: Uint8Array, _position: number): number {
    throw new WasiError('spipe');
  }

  writeAt(_bytes: Uint8Array, _position: number): number {
    throw new WasiError('spipe');
  }

  /** Moves the current position and returns it. */
  seek(_offset: bigint, _whence: number): number {
    throw new WasiError('spipe');
  }

  /** Whether a read may be continued by another without waiting for input. */
  get readsOn(): boolean {
    return false;
  }

  /** How many bytes a read would find; 0 at the end. */
  get readable(): number {
    return 1;
  }

  /** A descriptor of the host that tells whether a read or write would wait; without one, neither ever does. */
  get hostDescriptor(): number | undefined {
    return undefined;
  }

  /** Tells how many bytes a read would find after at most so many milliseconds, where the system does not know. */
  get awaitInput(): AwaitInput | undefined {
    return undefined;
  }

  setSize(_size: number): void {
    throw new WasiError('badf');
  }

  /** Makes sure that it has at least this size. */
  allocate(_size: number): void {
    throw new WasiError('badf');
  }

  setTimes(_times: FileTimes): void {
    throw new WasiError('badf');
  }

  sync(_dataOnly: boolean): void {}

  stat(): FileStat {
    return {
      fileType: this.fileType,
      dev: 0n,
      ino: 0n,
      nlink: 1n,
      size: 0n,
      atimeNs: 0n,
      mtimeNs: 0n,
      ctimeNs: 0n,
    };
  }

  setFlags(flags: number): void {
    if ((flags & ~FdFlags.all) !== 0) throw new WasiError('inval');
    this.flags = flags;
  }

  close(): void {}
}

// The part of a mode that tells the type, shifted to the right (POSIX, <sys/stat.h>).
const typeShift = 12;
const fileTypes: Readonly<Record<number, number>> = {
  2: FileType.characterDevice,
  4: FileType.directory,
  6: FileType.blockDevice,
  8: FileType.regularFile,
  10: FileType.symbolicLink,
  12: FileType.socketStream,
};

/** WASI's file type of something on the host with this mode; a pipe has none. */
export function fileTypeOf(mode: number): number {
  return fileTypes[(mode >> typeShift) & 0xf] ?? FileType.unknown;
}

/** What `filestat` tells of something on the host. */
export function fileStatOf(stats: Omit<FileStat, 'fileType'> & { readonly mode: number | bigint }): FileStat {
  const { dev, ino, nlink, size, atimeNs, mtimeNs, ctimeNs } = stats;
  return { fileType: fileTypeOf(Number(stats.mode)), dev, ino, nlink, size, atimeNs, mtimeNs, ctimeNs };
}
