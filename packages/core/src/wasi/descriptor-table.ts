import type { Descriptor } from './descriptors/descriptor.js';
import { OpenDirectory } from './descriptors/open-directory.js';
import { WasiError } from './wasi-error.js';

/** Maximum number of descriptors one guest may have open, so that it cannot use up those of the host. */
export const maxDescriptors = 1024;

/** What a guest has open, by number. */
export class DescriptorTable {
  readonly #slots: (Descriptor | undefined)[];

  constructor(slots: readonly Descriptor[]) {
    this.#slots = [...slots];
  }

  /** The descriptor, when it is open and has these rights. A right without meaning for its kind is not asked for: the kind answers. */
  get(fd: number, rights = 0n): Descriptor {
    const descriptor = this.#slots[fd >>> 0];
    if (descriptor === undefined) throw new WasiError('badf');
    const { lacking } = descriptor;
    if (lacking !== 0n && (rights & lacking) !== 0n) throw new WasiError('notcapable');
    return descriptor;
  }

  /** The same for a directory. */
  directory(fd: number, rights = 0n): OpenDirectory {
    const descriptor = this.get(fd, rights);
    if (!(descriptor instanceof OpenDirectory)) throw new WasiError('notdir');
    return descriptor;
  }

  /** Opens under the lowest free number; `open` is not called when the table is full. */
  add(open: () => Descriptor): number {
    const free = this.#slots.indexOf(undefined);
    const fd = free === -1 ? this.#slots.length : free;
    if (fd >= maxDescriptors) throw new WasiError('mfile');
    this.#slots[fd] = open();
    return fd;
  }

  close(fd: number): void {
    const descriptor = this.get(fd);
    this.#slots[fd >>> 0] = undefined;
    descriptor.close();
  }

  /** Gives the descriptor `from` the number `to`, closing what had it. */
  renumber(from: number, to: number): void {
    const descriptor = this.get(from);
    const replaced = this.get(to);
    if (descriptor === replaced) return;
    this.#slots[to >>> 0] = descriptor;
    this.#slots[from >>> 0] = undefined;
    replaced.close();
  }

  /** Closes everything. What a file has to say at its closing reaches nobody: the guest is gone. */
  closeAll(): void {
    for (const descriptor of this.#slots.splice(0)) {
      try {
        descriptor?.close();
      } catch {}
    }
  }
}
