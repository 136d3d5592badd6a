import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync } from 'node:fs';
import { builtin } from '../../builtin.js';
import { libcWhenItPays } from '../../native/libc.js';
import { WasiError } from '../wasi-error.js';
import { type FileStat, fileStatOf } from './descriptor.js';
import { DirSource, type EntrySource } from './entry-source.js';
import type { HostFolder } from './host-folder.js';
import { SystemSource } from './system-source.js';

// A descriptor for paths only needs no right to list the folder. Node.js does not name the flag; Linux gives it this number.
const O_PATH = 0x200000;
const folderFlags = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const creationMode = 0o666;

/**
 * A folder that is reached through its descriptor on Linux: `/proc/self/fd/<n>/name` is what `openat` and its kin are elsewhere. Nothing that
 * happens to names between a check and its use can lead anywhere else.
 */
export class FolderByDescriptor implements HostFolder {
  readonly #fd: number;
  readonly #self: string;

  constructor(fd: number) {
    this.#fd = fd;
    this.#self = `/proc/self/fd/${fd}`;
  }

  /** Opens a folder that is at this very path, without a link on the way. */
  static open(path: string): FolderByDescriptor {
    const fd = openSync(path, folderFlags);
    const folder = new FolderByDescriptor(fd);
    try {
      if (readlinkSync(folder.#self) !== path) throw new WasiError('notcapable');
      return folder;
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  stat(): FileStat {
    return fileStatOf(fstatSync(this.#fd, { bigint: true }));
  }

  lstat(name: string): FileStat | undefined {
    const direct = libcWhenItPays()?.at;
    const stats =
      direct === undefined
        ? lstatSync(this.path(name), { bigint: true, throwIfNoEntry: false })
        : direct.lstat(this.#fd, name);
    return stats === undefined ? undefined : fileStatOf(stats);
  }

  readlink(name: string): string {
    return readlinkSync(this.path(name));
  }

  open(name: string, flags: number): number {
    // Node.js counts what a worker opens, closes it at the worker's end, and complains of what it did not open.
    const direct = builtin('node:worker_threads').isMainThread ? libcWhenItPays()?.at : undefined;
    if (direct !== undefined) return direct.open(this.#fd, name, flags | constants.O_NOFOLLOW, creationMode);
    return openSync(this.path(name), flags | constants.O_NOFOLLOW, creationMode);
  }

  openFolder(name: string): FolderByDescriptor {
    return new FolderByDescriptor(this.open(name, folderFlags));
  }

  adopt(_name: string, fd: number): FolderByDescriptor {
    return new FolderByDescriptor(fd);
  }

  path(name?: string): string {
    return name === undefined ? this.#self : `${this.#self}/${name}`;
  }

  entries(): EntrySource {
    const list = libcWhenItPays()?.at?.list;
    return list === undefined ? new DirSource(this.#self) : new SystemSource(this.#self, list);
  }

  close(): void {
    closeSync(this.#fd);
  }
}
