import { closeSync, constants, openSync, readFileSync, readlinkSync, statfsSync } from 'node:fs';
import { fileTypeOf } from './descriptor.js';
import type { EntrySource, FolderEntry } from './entry-source.js';
import { mountPointsIn } from './mount-points.js';
import { unlessCode } from './wait-for.js';

/** Puts the next entries of an open folder into a buffer (`getdents64`); the number of bytes, 0 at the end. */
export type ListEntries = (fd: number, buffer: Uint8Array) => number;

const bufferSize = 32_768;
// So many are looked up as quickly as it is found out whether that is needed.
const few = 64;
// <linux/magic.h>: ext2 to ext4, XFS, tmpfs and F2FS. A folder of theirs has the numbers that its entries have; in one of layers, or with
// subvolumes, it may have others.
const exactFileSystems: ReadonlySet<number> = new Set([0xef53, 0x58465342, 0x01021994, 0xf2f52010]);
// `struct linux_dirent64`.
const field = { ino: 0, length: 16, type: 18, name: 19 } as const;

/** The entries of a large folder as Linux tells them: with their inodes and types, which else take a call for each. */
export class SystemSource implements EntrySource {
  readonly #fd: number;
  readonly #list: ListEntries;
  readonly #bytes = Buffer.allocUnsafeSlow(bufferSize);
  readonly #view = new DataView(this.#bytes.buffer);
  #at = 0;
  #end = 0;
  #count = 0;
  /** Names whose numbers are not those that the folder has; `undefined` while it is not known, and `false` where it may be all of them. */
  #others: Set<string> | false | undefined;

  constructor(path: string, list: ListEntries) {
    this.#list = list;
    this.#fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  }

  next(): FolderEntry | undefined {
    for (;;) {
      if (this.#at >= this.#end) {
        this.#at = 0;
        // A folder that was removed is at its end (POSIX readdir).
        this.#end = unlessCode('ENOENT', () => this.#list(this.#fd, this.#bytes)) ?? 0;
        if (this.#end === 0) return undefined;
      }
      const at = this.#at;
      this.#at += this.#view.getUint16(at + field.length, true);
      const name = this.#name(at + field.name);
      if (name !== '.' && name !== '..') return this.#entry(name, at);
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #entry(name: string, at: number): FolderEntry {
    this.#count += 1;
    if (this.#count <= few) return { name };
    this.#others ??= this.#findOthers();
    const type = this.#bytes[at + field.type] as number;
    if (type === 0 || this.#others === false || this.#others.has(name)) return { name };
    const fileType = fileTypeOf(type << 12);
    return { name, known: { ino: this.#view.getBigUint64(at + field.ino, true), fileType } };
  }

  #name(start: number): string {
    let end = start;
    while (this.#bytes[end] !== 0) end += 1;
    return this.#bytes.toString('utf8', start, end);
  }

  #findOthers(): Set<string> | false {
    const path = `/proc/self/fd/${this.#fd}`;
    try {
      if (!exactFileSystems.has(statfsSync(path).type)) return false;
      return mountPointsIn(readFileSync('/proc/self/mountinfo', 'latin1'), readlinkSync(path));
    } catch {
      return false;
    }
  }
}
