/** What a number of GGUF's types takes, by its number in the format; strings and lists have none. */
const sizes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const stringType = 8;
const listType = 9;

/** More than any model has of each; a file may claim anything. */
const bounds = { entries: 4096, tensors: 65_536, dimensions: 8, depth: 4 };

const decoder = new TextDecoder();

/** A tensor as the file announces it. */
export interface GgufTensor {
  readonly name: string;
  /** The lengths of its dimensions, innermost first. */
  readonly shape: readonly number[];
  readonly type: number;
  /** Where its data begins, from the beginning of the file. */
  readonly offset: number;
}

/** A value of the file's metadata; of a list, its length alone is kept. */
export type GgufValue = number | string | boolean | { readonly length: number };

/** What stands at the beginning of a GGUF file. */
export interface GgufHeader {
  readonly values: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
}

/** The bytes that were read do not suffice. */
export class NeedsMore extends RangeError {}

/** Reads the header of a GGUF file (versions 2 and 3, little-endian). Nothing in it is believed. */
export class GgufReader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @throws {NeedsMore} when the header is longer; {RangeError} when it is none. */
  header(): GgufHeader {
    if (this.#text(4) !== 'GGUF') throw new RangeError('it does not begin as one');
    const version = this.#number(4);
    if (version !== 2 && version !== 3) throw new RangeError(`it has version ${version}`);
    const tensorCount = this.#count('tensors', bounds.tensors);
    const entryCount = this.#count('entries', bounds.entries);
    const values = new Map<string, GgufValue>();
    for (let index = 0; index < entryCount; index++) {
      const name = this.#string();
      values.set(name, this.#value(this.#number(4), 0));
    }
    const tensors = Array.from({ length: tensorCount }, () => this.#tensor());
    const alignment = values.get('general.alignment') ?? 32;
    if (typeof alignment !== 'number' || !(alignment > 0)) throw new RangeError('its alignment is none');
    const start = Math.ceil(this.#at / alignment) * alignment;
    return { values, tensors: tensors.map((each) => ({ ...each, offset: each.offset + start })) };
  }

  #tensor(): GgufTensor {
    const name = this.#string();
    const dimensions = this.#number(4);
    if (dimensions > bounds.dimensions) throw new RangeError(`a tensor has ${dimensions} dimensions`);
    const shape = Array.from({ length: dimensions }, () => this.#number(8));
    return { name, shape, type: this.#number(4), offset: this.#number(8) };
  }

  #value(type: number, depth: number): GgufValue {
    if (type === stringType) return this.#string();
    if (type === listType) return this.#list(depth);
    const size = sizes[type];
    if (size === undefined) throw new RangeError(`it has a value of the unknown type ${type}`);
    this.#need(size);
    const at = this.#at;
    this.#at += size;
    switch (type) {
      case 0:
        return this.#view.getUint8(at);
      case 1:
        return this.#view.getInt8(at);
      case 2:
        return this.#view.getUint16(at, true);
      case 3:
        return this.#view.getInt16(at, true);
      case 4:
        return this.#view.getUint32(at, true);
      case 5:
        return this.#view.getInt32(at, true);
      case 6:
        return this.#view.getFloat32(at, true);
      case 7:
        return this.#view.getUint8(at) !== 0;
      case 12:
        return this.#view.getFloat64(at, true);
      default:
        return Number(type === 11 ? this.#view.getBigInt64(at, true) : this.#view.getBigUint64(at, true));
    }
  }

  #list(depth: number): { readonly length: number } {
    if (depth >= bounds.depth) throw new RangeError('its lists are nested too deep');
    const type = this.#number(4);
    const length = this.#number(8);
    const size = sizes[type];
    if (size !== undefined) {
      this.#need(length * size);
      this.#at += length * size;
      return { length };
    }
    // Every element takes a byte at least, so that a length that is not true ends soon.
    for (let index = 0; index < length; index++) {
      if (type === stringType) this.#skipString();
      else this.#value(type, depth + 1);
    }
    return { length };
  }

  #skipString(): void {
    const length = this.#number(8);
    this.#need(length);
    this.#at += length;
  }

  #string(): string {
    return this.#text(this.#number(8));
  }

  #text(length: number): string {
    this.#need(length);
    const { buffer, byteOffset } = this.#view;
    const text = decoder.decode(new Uint8Array(buffer, byteOffset + this.#at, length));
    this.#at += length;
    return text;
  }

  #count(what: string, most: number): number {
    const count = this.#number(8);
    if (count > most) throw new RangeError(`it claims ${count} ${what}`);
    return count;
  }

  #number(size: 4 | 8): number {
    this.#need(size);
    const at = this.#at;
    this.#at += size;
    return size === 4 ? this.#view.getUint32(at, true) : Number(this.#view.getBigUint64(at, true));
  }

  #need(count: number): void {
    if (!(count >= 0 && this.#at + count <= this.#view.byteLength)) throw new NeedsMore('it ends too early');
  }
}
