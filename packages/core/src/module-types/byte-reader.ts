import { InvalidGuestError } from '../errors/guest-errors.js';

// The bound of the WebAssembly JavaScript API on functions, imports and most other lists; it keeps a hostile file from filling the heap.
const maxElements = 1_000_000;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the primitives of the WebAssembly binary format; whatever the bytes are, only `InvalidGuestError` is thrown. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  offset: number;

  readonly #isPart: boolean;

  constructor(bytes: Uint8Array, part?: { start: number; end: number }) {
    this.bytes = bytes;
    this.offset = part?.start ?? 0;
    this.end = part?.end ?? bytes.length;
    this.#isPart = part !== undefined;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** An error about what was read at `offset`. */
  invalid(what: string, offset = this.offset, options?: ErrorOptions): InvalidGuestError {
    return new InvalidGuestError(
      `The guest is not a valid WebAssembly module: ${what} at offset ${offset}. Build the file again, or check that it was copied completely.`,
      options,
    );
  }

  peek(): number {
    const byte = this.bytes[this.offset];
    if (byte === undefined || this.offset >= this.end) throw this.#ended(1);
    return byte;
  }

  byte(): number {
    const byte = this.peek();
    this.offset++;
    return byte;
  }

  skip(length: number): void {
    if (length > this.remaining) throw this.#ended(length);
    this.offset += length;
  }

  u32(): number {
    const start = this.offset;
    let value = 0;
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw this.invalid('a number of more than 32 bits', start);
  }

  u64(): bigint {
    const start = this.offset;
    let value = 0n;
    for (let shift = 0n; shift <= 63n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (value > 0xffff_ffff_ffff_ffffn) break;
        return value;
      }
    }
    throw this.invalid('a number of more than 64 bits', start);
  }

  /** Passes over a LEB128 number, signed or not, of at most `maximumBytes` bytes. */
  skipNumber(maximumBytes: number): void {
    const start = this.offset;
    for (let count = 0; count < maximumBytes; count++) {
      if (this.byte() < 0x80) return;
    }
    throw this.invalid(`a number of more than ${maximumBytes} bytes`, start);
  }

  /** The length of a list. Refused when it cannot be true, since an element takes at least one byte, or is absurd. */
  count(what = 'elements of a list', most = maxElements): number {
    const start = this.offset;
    const count = this.u32();
    if (count > this.remaining) {
      throw this.invalid(`a list of ${count} elements in ${this.remaining} bytes`, start);
    }
    if (count > most) throw this.tooMany(count, what, most, start);
    return count;
  }

  /** An error about more of something than any guest may have. */
  tooMany(count: number, what: string, most: number, offset = this.offset): InvalidGuestError {
    return new InvalidGuestError(
      `The guest has ${count} ${what} at offset ${offset}, but at most ${most} are accepted. Build it with fewer, or as several guests.`,
    );
  }

  name(): string {
    const length = this.u32();
    const start = this.offset;
    this.skip(length);
    try {
      return utf8.decode(this.bytes.subarray(start, this.offset));
    } catch (cause) {
      throw this.invalid('a name that is not UTF-8', start, { cause });
    }
  }

  /** A reader of the next `length` bytes, which this one passes over. */
  part(length: number): ByteReader {
    const start = this.offset;
    this.skip(length);
    return new ByteReader(this.bytes, { start, end: this.offset });
  }

  /** A reader of what was read from `start` on. */
  since(start: number): ByteReader {
    return new ByteReader(this.bytes, { start, end: this.offset });
  }

  requireEnd(): void {
    if (this.remaining > 0) throw this.invalid(`a section that ends ${this.remaining} bytes too late`);
  }

  #ended(length: number): InvalidGuestError {
    if (this.#isPart) return this.invalid(`a section that ends ${length - this.remaining} bytes too early`);
    return new InvalidGuestError(
      `The guest is truncated: ${length} more bytes are needed at offset ${this.offset} and ${this.remaining} are left. Copy or build the file again.`,
    );
  }
}
