import type { Caller } from '../../host-module/caller.js';
import { GuestMemory } from '../../memory/guest-memory.js';
import { createWasi, type Wasi } from '../create-wasi.js';
import type { WasiOptions } from '../wasi-options.js';
import { directoryRights, inheritableRights } from '../wasi-rights.js';

/** Where a call's result is written. */
export const resultAt = 64;
const textAt = 1024;
const secondTextAt = 8192;
const dataAt = 16384;

/** What a guest has beside its options. */
export interface GuestSurroundings {
  readonly memory?: WebAssembly.Memory;
  readonly remainingMs?: () => number;
}

/** Calls WASI functions as a guest does: with numbers, over the memory of V8's own WebAssembly. */
export class WasiGuest implements Disposable {
  readonly wasi: Wasi;
  readonly memory: GuestMemory;
  readonly #caller: Caller;

  constructor(
    options?: WasiOptions,
    { memory = new WebAssembly.Memory({ initial: 2 }), remainingMs }: GuestSurroundings = {},
  ) {
    this.wasi = createWasi(options, remainingMs);
    this.memory = new GuestMemory({
      buffer: () => memory.buffer,
      grow: (delta) => memory.grow(delta),
      lend: () => {},
    });
    this.#caller = { memory: this.memory, hasMemory: true, instance: this };
  }

  /** Calls any function; the answer is its error number. */
  call(name: string, ...args: readonly (number | bigint)[]): number {
    const found = this.wasi.module.functions[name];
    if (found === undefined) throw new Error(`There is no function ${name}.`);
    return found.call(this.#caller, ...args) as unknown as number;
  }

  /** Puts a text into memory; returns its pointer and length. */
  text(value: string, at = textAt): [number, number] {
    return [at, this.memory.writeString(at, value)];
  }

  secondText(value: string): [number, number] {
    return this.text(value, secondTextAt);
  }

  /** Opens and returns the descriptor, or the negative error number. */
  open(
    path: string,
    options: {
      dir?: number;
      follow?: boolean;
      flags?: number;
      rights?: bigint;
      inheriting?: bigint;
      fdFlags?: number;
    } = {},
  ): number {
    const { dir = 3, follow = false, flags = 0, fdFlags = 0 } = options;
    // A folder is not opened with the right to write it.
    const rights = options.rights ?? ((flags & 2) === 0 ? inheritableRights : directoryRights);
    const [pointer, length] = this.text(path);
    const errno = this.call(
      'path_open',
      dir,
      follow ? 1 : 0,
      pointer,
      length,
      flags,
      rights,
      options.inheriting ?? inheritableRights,
      fdFlags,
      resultAt,
    );
    return errno === 0 ? this.memory.readU32(resultAt) : -errno;
  }

  /** Calls a function that takes a descriptor and a path first. */
  atPath(name: string, path: string, ...rest: readonly (number | bigint)[]): number {
    return this.call(name, 3, ...this.text(path), ...rest);
  }

  /** Calls `path_filestat_get`. */
  statPath(path: string, follow = false): number {
    return this.call('path_filestat_get', 3, follow ? 1 : 0, ...this.text(path), resultAt);
  }

  /** Writes a text with one buffer. */
  write(fd: number, value: string): number {
    const length = this.memory.writeString(dataAt, value);
    return this.call('fd_write', fd, this.vectors([dataAt, length]), 1, resultAt);
  }

  /** Reads up to `length` bytes with one buffer; the error number when there is one. */
  read(fd: number, length = 1000): string | number {
    const errno = this.call('fd_read', fd, this.vectors([dataAt, length]), 1, resultAt);
    return errno === 0 ? this.memory.readString(dataAt, this.result) : errno;
  }

  /** Makes a list of buffers and returns its pointer. */
  vectors(...list: readonly (readonly [number, number])[]): number {
    for (const [index, [pointer, length]] of list.entries()) {
      this.memory.writeU32(256 + 8 * index, pointer);
      this.memory.writeU32(260 + 8 * index, length);
    }
    return 256;
  }

  /** The number a function left at {@link resultAt}. */
  get result(): number {
    return this.memory.readU32(resultAt);
  }

  [Symbol.dispose](): void {
    this.wasi[Symbol.dispose]();
  }
}
