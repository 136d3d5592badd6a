import { MemoryRangeError } from '../errors/memory-range-error.js';
import { createGuestView, type GuestView } from './guest-view.js';
import type { MemorySource } from './memory-source.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The memory of a guest, every access checked. Pointers and lengths are taken as unsigned 32-bit numbers, as guests pass them, so a
 * signed `i32` argument can be used as it is. Numbers are little-endian; no alignment is needed.
 *
 * A range that reaches outside throws {@link MemoryRangeError}; ask {@link GuestMemory.contains} first to answer with an error
 * code of your own.
 */
export class GuestMemory {
  readonly #source: MemorySource;
  #buffer: ArrayBufferLike;
  #bytes: Uint8Array;
  #view: DataView;

  /** Made by the engines; a host gets one from an instance or from the caller of a host function. */
  constructor(source: MemorySource) {
    this.#source = source;
    this.#buffer = source.buffer();
    this.#bytes = new Uint8Array(this.#buffer);
    this.#view = new DataView(this.#buffer);
  }

  /** Size in bytes, now. */
  get byteLength(): number {
    return this.#current().byteLength;
  }

  /** Size in pages of 64 KiB, now. */
  get pages(): number {
    return this.byteLength / 65536;
  }

  /** Grows by `delta` pages; returns the size before, or -1 when the memory or the runtime's limit does not allow it. */
  grow(delta: number): number {
    return Number.isInteger(delta) && delta >= 0 && delta <= 65536 ? this.#source.grow(delta) : -1;
  }

  /** Whether `length` bytes at `pointer` lie in the memory. An empty range at the very end does. */
  contains(pointer: number, length: number): boolean {
    return (pointer >>> 0) + (length >>> 0) <= this.#current().byteLength;
  }

  /** A view of the bytes, not a copy. It is valid until the guest runs again; use {@link GuestMemory.view} to keep a range. */
  bytes(pointer: number, length: number): Uint8Array {
    this.#source.lend();
    return this.#slice(pointer, length);
  }

  /** A range that can be kept while the memory grows. */
  view(pointer: number, length: number): GuestView {
    this.#offset(pointer, length >>> 0);
    return createGuestView(this, pointer >>> 0, length >>> 0);
  }

  /** Runs `use` on a view of the bytes that must not be kept after it returns; cheaper than {@link GuestMemory.bytes}. */
  borrow<Result>(pointer: number, length: number, use: (bytes: Uint8Array) => Result): Result {
    return use(this.#slice(pointer, length));
  }

  /** A copy of the bytes. */
  read(pointer: number, length: number): Uint8Array<ArrayBuffer> {
    // slice() copies with one memcpy; the cast holds because a copy of shared memory is not shared.
    return this.#slice(pointer, length).slice() as Uint8Array<ArrayBuffer>;
  }

  /** Copies `bytes` to `pointer`. */
  write(pointer: number, bytes: Uint8Array): void {
    const offset = this.#offset(pointer, bytes.byteLength);
    this.#bytes.set(bytes, offset);
  }

  /** Fills a range with one byte. */
  fill(pointer: number, length: number, value: number): void {
    this.#slice(pointer, length).fill(value);
  }

  /** Decodes UTF-8; malformed sequences become U+FFFD. */
  readString(pointer: number, length: number): string {
    const bytes = this.#slice(pointer, length);
    // TextDecoder refuses shared memory, so that is copied.
    return decoder.decode(bytes.buffer instanceof ArrayBuffer ? bytes : Uint8Array.from(bytes));
  }

  /** Writes UTF-8 without a terminating zero; returns the number of bytes. */
  writeString(pointer: number, text: string): number {
    const bytes = encoder.encode(text);
    this.write(pointer, bytes);
    return bytes.byteLength;
  }

  readU8(pointer: number): number {
    return this.#viewFor(pointer, 1).getUint8(pointer >>> 0);
  }

  readU16(pointer: number): number {
    return this.#viewFor(pointer, 2).getUint16(pointer >>> 0, true);
  }

  readU32(pointer: number): number {
    return this.#viewFor(pointer, 4).getUint32(pointer >>> 0, true);
  }

  readI32(pointer: number): number {
    return this.#viewFor(pointer, 4).getInt32(pointer >>> 0, true);
  }

  readU64(pointer: number): bigint {
    return this.#viewFor(pointer, 8).getBigUint64(pointer >>> 0, true);
  }

  readI64(pointer: number): bigint {
    return this.#viewFor(pointer, 8).getBigInt64(pointer >>> 0, true);
  }

  readF32(pointer: number): number {
    return this.#viewFor(pointer, 4).getFloat32(pointer >>> 0, true);
  }

  readF64(pointer: number): number {
    return this.#viewFor(pointer, 8).getFloat64(pointer >>> 0, true);
  }

  writeU8(pointer: number, value: number): void {
    this.#viewFor(pointer, 1).setUint8(pointer >>> 0, value);
  }

  writeU16(pointer: number, value: number): void {
    this.#viewFor(pointer, 2).setUint16(pointer >>> 0, value, true);
  }

  /** Signed numbers are stored as their two's complement. */
  writeU32(pointer: number, value: number): void {
    this.#viewFor(pointer, 4).setUint32(pointer >>> 0, value, true);
  }

  /** Signed numbers are stored as their two's complement. */
  writeU64(pointer: number, value: bigint): void {
    this.#viewFor(pointer, 8).setBigUint64(pointer >>> 0, value, true);
  }

  writeF32(pointer: number, value: number): void {
    this.#viewFor(pointer, 4).setFloat32(pointer >>> 0, value, true);
  }

  writeF64(pointer: number, value: number): void {
    this.#viewFor(pointer, 8).setFloat64(pointer >>> 0, value, true);
  }

  #slice(pointer: number, length: number): Uint8Array {
    const offset = this.#offset(pointer, length >>> 0);
    return this.#bytes.subarray(offset, offset + (length >>> 0));
  }

  /** The view, once the range was checked: the check replaces a view that the memory has outgrown. */
  #viewFor(pointer: number, length: number): DataView {
    this.#offset(pointer, length);
    return this.#view;
  }

  #offset(pointer: number, length: number): number {
    const offset = pointer >>> 0;
    const size = this.#current().byteLength;
    if (offset + length > size) {
      throw new MemoryRangeError(
        `${length} bytes at ${offset} reach outside the guest's memory of ${size} bytes; check the range with memory.contains() first.`,
      );
    }
    return offset;
  }

  #current(): ArrayBufferLike {
    const buffer = this.#source.buffer();
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#bytes = new Uint8Array(buffer);
      this.#view = new DataView(buffer);
    }
    return buffer;
  }
}
