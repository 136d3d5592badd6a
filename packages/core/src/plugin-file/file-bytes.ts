/** Thrown inside this folder when a file ends early or its numbers lead nowhere; turned into a public error at its border. */
export class BrokenFile extends Error {}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const longestText = 4096;

/** Names as {@link FileBytes.isText} takes them. */
export function zeroTerminated(
  names: readonly string[],
): readonly (readonly [name: string, bytes: Uint8Array])[] {
  return names.map((name) => [name, encoder.encode(`${name}\0`)]);
}

/** The bytes of a file that may contain anything: every read is checked, and only {@link BrokenFile} is thrown. */
export class FileBytes {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #little: boolean;

  constructor(bytes: Uint8Array, littleEndian = true) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = littleEndian;
  }

  get length(): number {
    return this.bytes.length;
  }

  /** The same bytes in the other order. */
  ordered(littleEndian: boolean): FileBytes {
    return new FileBytes(this.bytes, littleEndian);
  }

  /** A part, with offsets of its own. */
  part(offset: number, length: number): FileBytes {
    this.#check(offset, length);
    return new FileBytes(this.bytes.subarray(offset, offset + length), this.#little);
  }

  u8(offset: number): number {
    this.#check(offset, 1);
    return this.#view.getUint8(offset);
  }

  u16(offset: number): number {
    this.#check(offset, 2);
    return this.#view.getUint16(offset, this.#little);
  }

  u32(offset: number): number {
    this.#check(offset, 4);
    return this.#view.getUint32(offset, this.#little);
  }

  i32(offset: number): number {
    this.#check(offset, 4);
    return this.#view.getInt32(offset, this.#little);
  }

  /** 64 bits as a number; what is larger than a number holds exactly leads out of any file. */
  u64(offset: number): number {
    this.#check(offset, 8);
    const value = this.#view.getBigUint64(offset, this.#little);
    if (value > Number.MAX_SAFE_INTEGER) {
      throw new BrokenFile(`the number at offset ${offset} is too large`);
    }
    return Number(value);
  }

  /** A word of a file for 32-bit or 64-bit machines. */
  word(offset: number, bits: 32 | 64): number {
    return bits === 64 ? this.u64(offset) : this.u32(offset);
  }

  /** The text at `offset` up to its zero byte. */
  text(offset: number): string {
    this.#check(offset, 1);
    const end = this.bytes.subarray(offset, offset + longestText).indexOf(0);
    if (end === -1) {
      throw new BrokenFile(`the text at offset ${offset} has no end`);
    }
    return decoder.decode(this.bytes.subarray(offset, offset + end));
  }

  /**
   * Whether there is this text at `offset`, which must be in the file. For the tables of symbols: making a string of every name costs more than
   * all the rest.
   *
   * @param text with its zero byte.
   */
  isText(offset: number, text: Uint8Array): boolean {
    this.#check(offset, 1);
    for (let index = 0; index < text.length; index++) {
      if (this.bytes[offset + index] !== text[index]) {
        return false;
      }
    }
    return true;
  }

  #check(offset: number, length: number): void {
    if (!(Number.isSafeInteger(offset) && offset >= 0 && length >= 0 && offset + length <= this.length)) {
      throw new BrokenFile(`offset ${offset} lies outside its ${this.length} bytes`);
    }
  }
}
