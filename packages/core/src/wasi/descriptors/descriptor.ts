import type { BigIntStats } from 'node:fs';
import { WasiError } from '../wasi-error.js';
import { FdFlags, FileType } from '../wasi-types.js';

/** What `filestat` tells. */
export type FileStat = Pick<
  BigIntStats,
  'dev' | 'ino' | 'nlink' | 'size' | 'atimeNs' | 'mtimeNs' | 'ctimeNs'
> & {
  readonly fileType: number;
};

/** Times to set, in seconds; what is `undefined` stays. */
export interface FileTimes {
  readonly atime: number | undefined;
  readonly mtime: number | undefined;
}

/** Most bytes that one operation moves; Node takes no more than 2 GiB at once. */
export const largestTransfer = 1 << 30;

/** Something a guest has open. What a kind cannot do answers with an error of its own, whatever the rights are. */
export abstract class Descriptor {
  /** `fdflags` */
  flags = 0;

  /** What the guest may do with it. */
  rights: bigint;

  /** `kindRights` are the rights that have a meaning for this kind; of `rights`, only those are kept. */
  constructor(
    readonly kindRights: bigint,
    rights: bigint,
    /** What it passes on to what is opened through it. */
    public inheritingRights = 0n,
  ) {
    this.rights = rights & kindRights;
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

  setSize(_size: number): void {
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

/** WASI's file type of something on the host; a pipe has none. */
export function fileTypeOf(stats: Pick<BigIntStats, keyof BigIntStats & `is${string}`>): number {
  if (stats.isFile()) return FileType.regularFile;
  if (stats.isDirectory()) return FileType.directory;
  if (stats.isSymbolicLink()) return FileType.symbolicLink;
  if (stats.isCharacterDevice()) return FileType.characterDevice;
  if (stats.isBlockDevice()) return FileType.blockDevice;
  return stats.isSocket() ? FileType.socketStream : FileType.unknown;
}

/** What `filestat` tells of something on the host. */
export function fileStatOf(stats: BigIntStats): FileStat {
  const { dev, ino, nlink, size, atimeNs, mtimeNs, ctimeNs } = stats;
  return { fileType: fileTypeOf(stats), dev, ino, nlink, size, atimeNs, mtimeNs, ctimeNs };
}
