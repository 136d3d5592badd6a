import { closeSync, constants, fsyncSync, lutimesSync, openSync, utimesSync } from 'node:fs';
import { libc } from '../../native/libc.js';
import { confined, type LastLink, type Place } from '../confined-path.js';
import { secondsOf } from '../file-stat.js';
import { WasiError } from '../wasi-error.js';
import { directoryRights } from '../wasi-rights.js';
import { FileType } from '../wasi-types.js';
import { Descriptor, type FileStat, type FileTimes } from './descriptor.js';
import type { FolderEntry } from './entry-source.js';
import type { HostFolder } from './host-folder.js';
import { Listing } from './listing.js';
import type { OpenListings } from './open-listings.js';

/** A folder the guest may use: a preopened one, or one opened inside it. */
export class OpenDirectory extends Descriptor {
  readonly fileType = FileType.directory;
  /** The folder's name for the guest, as UTF-8, when it is preopened. */
  readonly preopenName: Uint8Array | undefined;
  /** What is listed at present of all folders of the runtime. */
  readonly listings: OpenListings;
  readonly #folder: HostFolder;
  readonly #listing: Listing;

  constructor(
    folder: HostFolder,
    listings: OpenListings,
    rights: bigint,
    inheritingRights: bigint,
    preopenName?: Uint8Array,
  ) {
    super(directoryRights, rights, inheritingRights);
    this.#folder = folder;
    this.listings = listings;
    this.#listing = new Listing(folder, listings);
    this.preopenName = preopenName;
  }

  /** Hands over where a guest's path leads; see {@link confined}. */
  at<Result>(guestPath: string, lastLink: LastLink, use: (place: Place) => Result): Result {
    return confined(this.#folder, guestPath, lastLink, use);
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
    return this.#folder.stat();
  }

  override setTimes(times: FileTimes): void {
    setTimes({ folder: this.#folder, name: undefined }, times);
  }

  override sync(): void {
    // Windows has no such operation on folders.
    if (process.platform === 'win32') return;
    const fd = openSync(this.#folder.path(), constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }

  /** The entry of this number, `.` and `..` aside; `undefined` behind the last. */
  entry(index: number): FolderEntry | undefined {
    return this.#listing.entry(index);
  }

  /** Looks at the folder again when the next entry is asked for. */
  rewind(): void {
    this.#listing.close();
  }

  /** What is known of something in it. */
  lstat(name: string): FileStat | undefined {
    return this.#folder.lstat(name);
  }

  override close(): void {
    this.#listing.close();
    this.#folder.close();
  }
}

/** Sets the times of what is at a place; a link is not followed any further. */
export function setTimes(
  { folder, name }: Pick<Place, 'folder' | 'name'>,
  { atime, mtime }: FileTimes,
): void {
  const hostPath = folder.path(name);
  const library = libc();
  if (library !== undefined) {
    library.setTimesAt(hostPath, name === undefined, atime, mtime);
    return;
  }
  const stat = name === undefined ? folder.stat() : folder.lstat(name);
  if (stat === undefined) throw new WasiError('noent');
  // The path of the folder itself may be a link that the system makes of a descriptor.
  const set = name === undefined ? utimesSync : lutimesSync;
  set(hostPath, secondsOf(atime ?? stat.atimeNs), secondsOf(mtime ?? stat.mtimeNs));
}
