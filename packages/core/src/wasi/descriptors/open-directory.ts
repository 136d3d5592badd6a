import { closeSync, constants, type Dirent, fsyncSync, lutimesSync, openSync, readdirSync } from 'node:fs';
import { type ConfinedPath, confinedPath } from '../confined-path.js';
import { WasiError } from '../wasi-error.js';
import { directoryRights } from '../wasi-rights.js';
import { FileType } from '../wasi-types.js';
import { Descriptor, type FileStat, type FileTimes, fileStatOf } from './descriptor.js';

/** A folder the guest may use: a preopened one, or one opened inside it. Known by its path, so it holds no descriptor of the host. */
export class OpenDirectory extends Descriptor {
  readonly fileType = FileType.directory;
  /** The folder's name for the guest, as UTF-8, when it is preopened. */
  readonly preopenName: Uint8Array | undefined;
  /** Where it is on the host. */
  readonly folder: string;
  #entries: readonly Dirent[] = [];

  /** `folder` is a real path: absolute and without symbolic links. */
  constructor(folder: string, rights: bigint, inheritingRights: bigint, preopenName?: Uint8Array) {
    super(directoryRights, rights, inheritingRights);
    this.folder = folder;
    this.preopenName = preopenName;
  }

  /** Where a guest's path leads; see {@link confinedPath}. */
  resolve(guestPath: string, followLast: boolean): ConfinedPath {
    return confinedPath(this.folder, guestPath, followLast);
  }

  override read(): number {
    throw new WasiError('isdir');
  }

  override readAt(): number {
    throw new WasiError('isdir');
  }

  override writeAt(): number {
    throw new WasiError('badf');
  }

  override seek(): number {
    throw new WasiError('badf');
  }

  override stat(): FileStat {
    return fileStatOf(existing(this.resolve('.', false)));
  }

  override setTimes(times: FileTimes): void {
    setTimes(this.resolve('.', false), times);
  }

  override sync(): void {
    // Windows has no such operation on folders.
    if (process.platform === 'win32') return;
    const fd = openSync(this.resolve('.', false).hostPath, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }

  /** The entries of the folder; `anew` looks at it again, otherwise those of the last look are given. */
  entries(anew: boolean): readonly Dirent[] {
    if (anew) this.#entries = readdirSync(this.resolve('.', false).hostPath, { withFileTypes: true });
    return this.#entries;
  }
}

/** What is known of a path at which there is something. */
export function existing({ stats }: ConfinedPath): NonNullable<ConfinedPath['stats']> {
  if (stats === undefined) throw new WasiError('noent');
  return stats;
}

/** Sets the times of what a path leads to; a link is not followed any further. */
export function setTimes(at: ConfinedPath, { atime, mtime }: FileTimes): void {
  const { atimeNs, mtimeNs } = existing(at);
  lutimesSync(at.hostPath, atime ?? Number(atimeNs) / 1e9, mtime ?? Number(mtimeNs) / 1e9);
}
