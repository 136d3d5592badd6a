import { type Dir, opendirSync } from 'node:fs';

/** Something in a folder. */
export interface FolderEntry {
  readonly name: string;
  /** What `dirent` tells besides, where it came with the name. Default: it has to be looked up. */
  readonly known?: { readonly ino: bigint; readonly fileType: number };
}

/** The entries of a folder in the system's order, `.` and `..` aside. */
export interface EntrySource {
  /** `undefined` behind the last. */
  next(): FolderEntry | undefined;
  close(): void;
}

/** The entries of the folder at a path, as every system tells them. */
export class DirSource implements EntrySource {
  readonly #dir: Dir;

  constructor(path: string) {
    this.#dir = opendirSync(path, { bufferSize: 64 });
  }

  next(): FolderEntry | undefined {
    return this.#dir.readSync() ?? undefined;
  }

  close(): void {
    this.#dir.closeSync();
  }
}
