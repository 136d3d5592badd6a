import type { FileBytes } from './file-bytes.js';

/** Formats of executable files. */
export type BinaryFormat = 'elf' | 'mach-o' | 'pe';

/** A version of a library's interface that a file needs, such as `GLIBC_2.38` of `libc.so.6`. */
export interface VersionNeed {
  readonly library: string;
  readonly version: string;
}

/** What the headers of one executable file say, for one architecture. */
export interface BinaryFile {
  readonly format: BinaryFormat;
  /** The bytes of this architecture's part. */
  readonly bytes: FileBytes;
  /** As in `process.platform` if Node.js has a name for it, otherwise the file's own value. */
  readonly platform: string;
  /** As in `process.arch` if Node.js has a name for it, otherwise `machine <number>`. */
  readonly architecture: string;
  readonly isSharedLibrary: boolean;
  /** The name by which other files need it; `undefined` where it has none. */
  readonly ownName: string | undefined;
  /** Functions that run when it is loaded, besides the one that every compiler adds; `undefined` where that is not read. */
  readonly constructors: number | undefined;
  /** Names of the libraries it needs, as they are written in it. */
  readonly needed: readonly string[];
  /** Its own library folders; `runpath` is `undefined` if the file has none. */
  readonly searchPaths: {
    readonly rpath: readonly string[];
    readonly runpath: readonly string[] | undefined;
  };
  readonly versionNeeds: readonly VersionNeed[];
  /** Versions that it defines itself. */
  readonly versionsDefined: readonly string[];
  /** The addresses of those exported symbols that were asked for and exist. */
  readonly symbols: ReadonlyMap<string, number>;
  /** The bytes at an address, as they are once the file is loaded at 0. */
  readonly image: LoadedImage;
}

/** A file as it lies in memory, for the little that is read of it without loading it. */
export interface LoadedImage {
  /** Offset in the file, or `undefined` if the address is outside it. */
  offsetOf(address: number): number | undefined;
  /** The address that the loader would write at this address, or `undefined` where it would write none that is known. */
  pointerAt(address: number): number | undefined;
}
