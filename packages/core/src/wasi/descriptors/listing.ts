import type { EntrySource, FolderEntry } from './entry-source.js';
import type { HostFolder } from './host-folder.js';
import type { OpenListings } from './open-listings.js';

// Entries that are kept to be asked for again, as those are that did not fit into a guest's buffer.
const maxKept = 1024;

/** The entries of a folder in the system's order, read as they are asked for: of a large folder only the last ones are kept. */
export class Listing {
  readonly #folder: HostFolder;
  readonly #others: OpenListings;
  #kept: FolderEntry[] = [];
  /** Number of the first entry that is kept. */
  #first = 0;
  /** Where to read on; `undefined` before the beginning and behind the end. */
  #source: EntrySource | undefined;
  #isWhole = false;

  constructor(folder: HostFolder, others: OpenListings) {
    this.#folder = folder;
    this.#others = others;
  }

  /** The entry of this number; `undefined` behind the last. */
  entry(index: number): FolderEntry | undefined {
    this.#others.use(this);
    if (index < this.#first || (this.#source === undefined && !this.#isWhole)) this.#begin();
    while (index >= this.#first + this.#kept.length) {
      if (this.#source === undefined) return undefined;
      const entry = this.#source.next();
      if (entry === undefined) {
        this.#closeSource();
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
    this.#source = this.#folder.entries();
  }

  #reset(): void {
    this.#closeSource();
    this.#kept = [];
    this.#first = 0;
    this.#isWhole = false;
  }

  #closeSource(): void {
    this.#source?.close();
    this.#source = undefined;
  }
}
