import { type Dir, type Dirent, opendirSync } from 'node:fs';
import type { HostFolder } from './host-folder.js';
import type { OpenListings } from './open-listings.js';

// Entries that are kept to be asked for again, as those are that did not fit into a guest's buffer.
const maxKept = 1024;

/** The entries of a folder in the system's order, read as they are asked for: of a large folder only the last ones are kept. */
export class Listing {
  readonly #folder: HostFolder;
  readonly #others: OpenListings;
  #kept: Dirent[] = [];
  /** Number of the first entry that is kept. */
  #first = 0;
  /** Where to read on; `undefined` before the beginning and behind the end. */
  #dir: Dir | undefined;
  #isWhole = false;

  constructor(folder: HostFolder, others: OpenListings) {
    this.#folder = folder;
    this.#others = others;
  }

  /** The entry of this number; `undefined` behind the last. */
  entry(index: number): Dirent | undefined {
    this.#others.use(this);
    if (index < this.#first || (this.#dir === undefined && !this.#isWhole)) this.#begin();
    while (index >= this.#first + this.#kept.length) {
      if (this.#dir === undefined) return undefined;
      const entry = this.#dir.readSync();
      if (entry === null) {
        this.#closeDir();
        this.#isWhole = true;
        return undefined;
      }
      this.#kept.push(entry);
      if (this.#kept.length < 2 * maxKept) continue;
      this.#kept.splice(0, maxKept);
      this.#first += maxKept;
    }
    return this.#kept[index - this.#first];
  }

  /** Forgets what was read; the next entry that is asked for is looked for from the beginning. */
  close(): void {
    this.#others.forget(this);
    this.#reset();
  }

  #begin(): void {
    this.#reset();
    this.#dir = opendirSync(this.#folder.path(), { bufferSize: 64 });
  }

  #reset(): void {
    this.#closeDir();
    this.#kept = [];
    this.#first = 0;
    this.#isWhole = false;
  }

  #closeDir(): void {
    this.#dir?.closeSync();
    this.#dir = undefined;
  }
}
