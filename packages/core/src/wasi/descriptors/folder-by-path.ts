import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { nodeCode, WasiError } from '../wasi-error.js';
import { FileType } from '../wasi-types.js';
import { type FileStat, fileStatOf } from './descriptor.js';
import { DirSource, type EntrySource } from './entry-source.js';
import type { HostFolder } from './host-folder.js';

const creationMode = 0o666;
// Where the system lacks it, what is there is looked at before it is opened.
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;
// Windows never gives a folder the number of another one, and does not let one be moved that is open.
const holdsFolders = process.platform !== 'win32';
const changingFlags = constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC;

/**
 * A folder that is reached by its path, where the system knows no paths that start at a descriptor: before each use, what is at the path is
 * compared with the folder that was opened. Something that changes names between the two can still lead astray.
 */
export class FolderByPath implements HostFolder {
  readonly #path: string;
  readonly #dev: bigint;
  readonly #ino: bigint;
  /** Held so that no other folder gets the same number while this one is open. */
  readonly #fd: number | undefined;
  readonly #isKept: boolean;

  private constructor(folder: string, { dev, ino }: FileStat, isKept: boolean, fd?: number) {
    this.#path = folder;
    this.#dev = dev;
    this.#ino = ino;
    this.#isKept = isKept;
    this.#fd = fd;
  }

  /** Opens a folder that is at this very path, without a link on the way. */
  static open(folder: string): FolderByPath {
    if (realpathSync.native(folder) !== folder) throw new WasiError('notcapable');
    return FolderByPath.#keep(folder);
  }

  stat(): FileStat {
    return lstatOf(this.path()) as FileStat;
  }

  lstat(name: string): FileStat | undefined {
    return lstatOf(this.path(name));
  }

  readlink(name: string): string {
    return readlinkSync(this.path(name));
  }

  open(name: string, flags: number): number {
    const there = this.lstat(name);
    const mustBeNew = (flags & constants.O_CREAT) !== 0 && (flags & constants.O_EXCL) !== 0;
    if (there?.fileType === FileType.symbolicLink) throw new WasiError(mustBeNew ? 'exist' : 'loop');
    if (there?.fileType === FileType.directory && (flags & changingFlags) !== 0) {
      throw new WasiError(mustBeNew ? 'exist' : 'isdir');
    }
    return openSync(path.join(this.#path, name), flags | O_NOFOLLOW, creationMode);
  }

  openFolder(name: string, use: 'passing' | 'keeping'): FolderByPath {
    const there = this.lstat(name);
    if (there === undefined) throw new WasiError('noent');
    if (there.fileType !== FileType.directory) throw new WasiError('notdir');
    const folder = path.join(this.#path, name);
    return use === 'passing' ? new FolderByPath(folder, there, false) : FolderByPath.#keep(folder);
  }

  adopt(name: string, fd: number): FolderByPath {
    const stat = fileStatOf(fstatSync(fd, { bigint: true }));
    const folder = path.join(this.#path, name);
    if (holdsFolders) return new FolderByPath(folder, stat, true, fd);
    closeSync(fd);
    return new FolderByPath(folder, stat, true);
  }

  path(name?: string): string {
    if (this.#isKept) this.#requireSame();
    return name === undefined ? this.#path : path.join(this.#path, name);
  }

  entries(): EntrySource {
    return new DirSource(this.path());
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
  }

  static #keep(folder: string): FolderByPath {
    const fd = descriptorOf(folder);
    const stat = fd === undefined ? lstatOf(folder) : fileStatOf(fstatSync(fd, { bigint: true }));
    if (stat === undefined) throw new WasiError('noent');
    return new FolderByPath(folder, stat, true, fd);
  }

  #requireSame(): void {
    const there = lstatOf(this.#path);
    if (there === undefined) throw new WasiError('noent');
    if (there.dev !== this.#dev || there.ino !== this.#ino) throw new WasiError('notcapable');
  }
}

function lstatOf(hostPath: string): FileStat | undefined {
  const stats = lstatSync(hostPath, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : fileStatOf(stats);
}

function descriptorOf(folder: string): number | undefined {
  if (!holdsFolders) return undefined;
  try {
    return openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    // A folder that may not be listed can still be walked through.
    if (nodeCode(error) === 'EACCES') return undefined;
    throw error;
  }
}
