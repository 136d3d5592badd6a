import type { HostFolder } from './descriptors/host-folder.js';
import { linkTarget } from './link-target.js';
import { nodeCode, WasiError } from './wasi-error.js';

// Most folders that one path holds open at a time.
const maxOpen = 64;

/** The folders that a path leads through, so that `..` leads back to where it came from and never out of the first one. */
export class FolderTrail {
  readonly #start: HostFolder;
  readonly #names: string[] = [];
  /** One for each name; those of a long way are open for its end only. */
  #folders: (HostFolder | undefined)[] = [];

  constructor(start: HostFolder) {
    this.#start = start;
  }

  /** How many folders were entered and not left. */
  get depth(): number {
    return this.#names.length;
  }

  /** The folder that was entered last. */
  get folder(): HostFolder {
    return this.depth === 0 ? this.#start : (this.#folders[this.depth - 1] as HostFolder);
  }

  /** Goes into a folder; where there is a symbolic link instead, it returns where that leads and stays. */
  enter(name: string): string | undefined {
    let folder: HostFolder;
    try {
      folder = this.folder.openFolder(name, 'passing');
    } catch (error) {
      if (!isNoFolder(error)) throw error;
      const target = linkTarget(this.folder, name);
      if (target === undefined) throw new WasiError('notdir');
      return target;
    }
    this.#push(name, folder);
    return undefined;
  }

  /** Goes back by one folder. */
  leave(): void {
    if (this.depth === 0) throw new WasiError('notcapable');
    this.#folders.pop()?.close();
    this.#names.pop();
    if (this.depth > 0 && this.#folders[this.depth - 1] === undefined) this.#walkAgain();
  }

  close(): void {
    for (const folder of this.#folders) folder?.close();
    this.#folders = [];
  }

  #push(name: string, folder: HostFolder): void {
    this.#names.push(name);
    this.#folders.push(folder);
    const oldest = this.#folders.length - 1 - maxOpen;
    if (oldest < 0) return;
    this.#folders[oldest]?.close();
    this.#folders[oldest] = undefined;
  }

  #walkAgain(): void {
    const names = this.#names.splice(0);
    this.#folders = [];
    for (const name of names) {
      this.#push(name, this.folder.openFolder(name, 'passing'));
    }
  }
}

function isNoFolder(error: unknown): boolean {
  if (error instanceof WasiError) return error.message === 'notdir';
  // A system says one or the other of a link that it must not follow.
  return nodeCode(error) === 'ENOTDIR' || nodeCode(error) === 'ELOOP' || nodeCode(error) === 'EMLINK';
}
