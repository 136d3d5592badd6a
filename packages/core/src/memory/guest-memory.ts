import { MemoryRangeError } from '../errors/host-function-errors.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue } from '../values/check-arguments.js';
import { refuseLostBytes } from '../values/lost-bytes.js';
import { type GuestPointer, toOffset } from './guest-pointer.js';
import { createGuestView, type GuestView } from './guest-view.js';
import type { MemorySource } from './memory-source.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();
const alwaysAsked = { disposed: true };

/**
 * The memory of a guest, every access checked. Pointers and lengths are accepted as guests pass them, see {@link GuestPointer}: a signed
 * `i32` or `i64` argument can be used as is, and none ever wraps around. Numbers are little-endian; no alignment is needed.
 *
 * A range that reaches outside throws {@link MemoryRangeError}; check {@link GuestMemory.contains} first to answer with your
 * own error code.
 */
export class GuestMemory {
  readonly #source: MemorySource;
  readonly #life: { readonly disposed: boolean };
  #buffer: ArrayBufferLike;
  #bytes: Uint8Array;
  #view: DataView;

  /** Made by the engines; a host gets one from an instance or from the caller of a host function. */
  constructor(source: MemorySource) {
    this.#source = source;
    this.#life = source.life ?? alwaysAsked;
    this.#buffer = source.buffer();
    this.#bytes = new Uint8Array(this.#buffer);
    this.#view = new DataView(this.#buffer);
  }

  /**
   * Current size in bytes.
   *
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  get byteLength(): number {
    return this.#current().byteLength;
  }

  /**
   * Current size in pages of 64 KiB.
   *
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  get pages(): number {
    return this.byteLength / 65536;
  }

  /**
   * Grows by `delta` pages of 64 KiB; returns the size before, in pages, or -1 when the memory or the runtime's limit does not allow it.
   *
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  grow(delta: GuestPointer): number {
    const pages = toOffset(delta);
    return pages <= 65536 ? this.#source.grow(pages) : -1;
  }

  /**
   * Whether `length` bytes at `pointer` lie within the memory. An empty range at the very end does.
   *
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  contains(pointer: GuestPointer, length: GuestPointer): boolean {
    return (
      this.#isWithin(pointer, length) || toOffset(pointer) + toOffset(length) <= this.#current().byteLength
    );
  }

  /**
   * A view of the bytes, not a copy. It is valid until the guest runs again; use {@link GuestMemory.view} to keep a range.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  bytes(pointer: GuestPointer, length: GuestPointer): Uint8Array {
    this.#source.lend();
    return this.#slice(pointer, length);
  }

  /**
   * A range that can be kept while the memory grows: `length` bytes at `pointer`.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  view(pointer: GuestPointer, length: GuestPointer): GuestView {
    return createGuestView(this, this.#offset(pointer, length), toOffset(length));
  }

  /**
   * Runs `use` on a view of the bytes that must not be kept after it returns; cheaper than {@link GuestMemory.bytes}.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  borrow<Result>(pointer: GuestPointer, length: GuestPointer, use: (bytes: Uint8Array) => Result): Result {
    return use(this.#slice(pointer, length));
  }

  /**
   * A copy of the bytes.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  read(pointer: GuestPointer, length: GuestPointer): Uint8Array<ArrayBuffer> {
    // slice() copies with one memcpy; the cast holds because a copy of shared memory is not shared.
    return this.#slice(pointer, length).slice() as Uint8Array<ArrayBuffer>;
  }

  /**
   * Copies `bytes` to `pointer`.
   *
   * @throws {InvalidArgumentError} when they are not a `Uint8Array`, or its buffer was transferred.
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  write(pointer: GuestPointer, bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) {
      throw new InvalidArgumentError(`memory.write() takes a Uint8Array, not ${describeValue(bytes)}.`);
    }
    if (bytes.byteLength === 0) refuseLostBytes('What memory.write() was given', bytes);
    const offset = this.#offset(pointer, bytes.byteLength);
    this.#bytes.set(bytes, offset);
  }

  /**
   * Fills a range with one byte, the lowest 8 bits of `value`.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  fill(pointer: GuestPointer, length: GuestPointer, value: number): void {
    this.#slice(pointer, length).fill(value);
  }

  /**
   * Decodes `length` bytes of UTF-8 at `pointer`; malformed sequences become U+FFFD.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readString(pointer: GuestPointer, length: GuestPointer): string {
    const bytes = this.#slice(pointer, length);
    // TextDecoder refuses shared memory, so that is copied.
    return decoder.decode(bytes.buffer instanceof ArrayBuffer ? bytes : Uint8Array.from(bytes));
  }

  /**
   * Writes UTF-8 without a terminating zero; returns the number of bytes.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  writeString(pointer: GuestPointer, text: string): number {
    const bytes = encoder.encode(text);
    this.write(pointer, bytes);
    return bytes.byteLength;
  }

  /**
   * Reads an unsigned 8-bit integer.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readU8(pointer: GuestPointer): number {
    const offset = this.#offset(pointer, 1);
    return this.#view.getUint8(offset);
  }

  /**
   * Reads an unsigned 16-bit integer.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readU16(pointer: GuestPointer): number {
    const offset = this.#offset(pointer, 2);
    return this.#view.getUint16(offset, true);
  }

  /**
   * Reads an unsigned 32-bit integer.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readU32(pointer: GuestPointer): number {
    const offset = this.#offset(pointer, 4);
    return this.#view.getUint32(offset, true);
  }

  /**
   * Reads a signed 32-bit integer.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readI32(pointer: GuestPointer): number {
    const offset = this.#offset(pointer, 4);
    return this.#view.getInt32(offset, true);
  }

  /**
   * Reads an unsigned 64-bit integer.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readU64(pointer: GuestPointer): bigint {
    const offset = this.#offset(pointer, 8);
    return this.#view.getBigUint64(offset, true);
  }

  /**
   * Reads a signed 64-bit integer.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readI64(pointer: GuestPointer): bigint {
    const offset = this.#offset(pointer, 8);
    return this.#view.getBigInt64(offset, true);
  }

  /**
   * Reads a 32-bit float.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readF32(pointer: GuestPointer): number {
    const offset = this.#offset(pointer, 4);
    return this.#view.getFloat32(offset, true);
  }

  /**
   * Reads a 64-bit float.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  readF64(pointer: GuestPointer): number {
    const offset = this.#offset(pointer, 8);
    return this.#view.getFloat64(offset, true);
  }

  /**
   * Writes an 8-bit integer; of a larger one, the lowest 8 bits.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  writeU8(pointer: GuestPointer, value: number): void {
    const offset = this.#offset(pointer, 1);
    this.#view.setUint8(offset, value);
  }

  /**
   * Writes a 16-bit integer; of a larger one, the lowest 16 bits.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  writeU16(pointer: GuestPointer, value: number): void {
    const offset = this.#offset(pointer, 2);
    this.#view.setUint16(offset, value, true);
  }

  /**
   * Writes a 32-bit integer; a negative one is stored in two's complement.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  writeU32(pointer: GuestPointer, value: number): void {
    const offset = this.#offset(pointer, 4);
    this.#view.setUint32(offset, value, true);
  }

  /**
   * Writes a 64-bit integer; a negative one is stored in two's complement.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  writeU64(pointer: GuestPointer, value: bigint): void {
    const offset = this.#offset(pointer, 8);
    this.#view.setBigUint64(offset, value, true);
  }

  /**
   * Writes a 32-bit float; a number that does not fit exactly is rounded.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  writeF32(pointer: GuestPointer, value: number): void {
    const offset = this.#offset(pointer, 4);
    this.#view.setFloat32(offset, value, true);
  }

  /**
   * Writes a 64-bit float.
   *
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  writeF64(pointer: GuestPointer, value: number): void {
    const offset = this.#offset(pointer, 8);
    this.#view.setFloat64(offset, value, true);
  }

  #slice(pointer: GuestPointer, length: GuestPointer): Uint8Array {
    const offset = this.#offset(pointer, length);
    return new Uint8Array(this.#buffer, offset, toOffset(length));
  }

  /** Where a range begins, once it was checked: the check replaces views that the memory has outgrown. */
  #offset(pointer: GuestPointer, length: GuestPointer): number {
    if (this.#isWithin(pointer, length)) return Number(pointer) >>> 0;
    const offset = toOffset(pointer);
    const size = this.#current().byteLength;
    // Written so that NaN, which stands for what is not a pointer, is refused.
    if (!(offset + toOffset(length) <= size)) this.#refuse(pointer, length, size);
    return offset;
  }

  /** Whether a range as most guests pass it ends before the last byte of a buffer that needs not be asked for. An empty one has no such range. */
  #isWithin(pointer: GuestPointer, length: GuestPointer): boolean {
    return (
      typeof pointer === 'number' &&
      typeof length === 'number' &&
      (pointer | 0) === pointer &&
      (length | 0) === length &&
      !this.#life.disposed &&
      (pointer >>> 0) + (length >>> 0) < this.#bytes.length
    );
  }

  #refuse(pointer: GuestPointer, length: GuestPointer, size: number): never {
    throw new MemoryRangeError(
      `${describeOffset(length)} bytes at ${describeOffset(pointer)} reach outside the guest's memory of ${size} bytes; test the range with memory.contains() first.`,
    );
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

/** The number that a pointer or length stands for, or what it is where it stands for none. */
function describeOffset(value: unknown): string {
  const offset = toOffset(value as GuestPointer);
  return Number.isNaN(offset) ? describeValue(value) : `${offset}`;
}
