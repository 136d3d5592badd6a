import type { FileStat } from './descriptor.js';
import type { EntrySource } from './entry-source.js';

/**
 * An open folder of the host: the thing that was opened, whatever its name leads to by now. Names are single parts of a path, without
 * separators, `.` and `..`; none of the functions follows a symbolic link.
 */
export interface HostFolder {
  /** What is known of the folder itself. */
  stat(): FileStat;
  /** What is known of something in it; `undefined` when nothing has this name. */
  lstat(name: string): FileStat | undefined;
  /** Where a symbolic link in it leads, as it was written. */
  readlink(name: string): string;
  /** Opens a file with the flags of the system; a link is an error. */
  open(name: string, flags: number): number;
  /** Opens a folder in it; a link is an error. One for `passing` use is not kept and may cost less. */
  openFolder(name: string, use: 'passing' | 'keeping'): HostFolder;
  /** Takes over the descriptor that {@link HostFolder.open} gave for a folder in it. */
  adopt(name: string, fd: number): HostFolder;
  /** What is in it, from the first entry on. */
  entries(): EntrySource;
  /** A path of the host that leads to this name in the folder, to be used at once; without a name, to the folder itself. */
  path(name?: string): string;
  close(): void;
}
