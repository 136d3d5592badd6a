import { BrokenFile, type FileBytes } from './file-bytes.js';

const segment = { load: 1, dynamic: 2 };
const tag = { end: 0, stringTable: 5, stringTableSize: 10 };
const maxEntries = 65_536;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
}

/** The segments of an ELF file and its dynamic section. */
export class ElfDynamic {
  readonly #elf: FileBytes;
  readonly #segments: readonly Segment[];
  readonly #entries = new Map<number, number[]>();
  readonly #strings: { readonly offset: number; readonly size: number } | undefined;

  constructor(elf: FileBytes, bits: 32 | 64) {
    this.#elf = elf;
    this.#segments = readSegments(elf, bits);
    const dynamic = this.#segments.find(({ type }) => type === segment.dynamic);
    if (dynamic !== undefined) {
      this.#readEntries(dynamic, bits / 8, bits);
    }
    const offset = this.offset(tag.stringTable);
    const size = this.value(tag.stringTableSize);
    this.#strings = offset === undefined || size === undefined ? undefined : { offset, size };
  }

  /** Whether there is a dynamic section at all. */
  get exists(): boolean {
    return this.#entries.size > 0;
  }

  /** The first value of a tag. */
  value(wanted: number): number | undefined {
    return this.#entries.get(wanted)?.[0];
  }

  /** The offset in the file of what the first value of a tag points to. */
  offset(wanted: number): number | undefined {
    const address = this.value(wanted);
    return address === undefined ? undefined : this.offsetOf(address);
  }

  /** The offset in the file of an address. */
  offsetOf(address: number): number | undefined {
    const found = this.#segments.find(
      (entry) =>
        entry.type === segment.load && address >= entry.address && address < entry.address + entry.fileSize,
    );
    return found && found.offset + (address - found.address);
  }

  /** The strings that all values of a tag name; throws where there are more than `most`. */
  texts(wanted: number, most: number): string[] {
    const indices = this.#entries.get(wanted) ?? [];
    if (indices.length > most) {
      throw new BrokenFile(`it names ${indices.length} libraries or folders`);
    }
    return indices.map((index) => this.text(index));
  }

  /** Whether a string of the string table is this one, with its zero byte. */
  isText(index: number, text: Uint8Array): boolean {
    return this.#elf.isText(this.#textOffset(index), text);
  }

  /** A string of the string table. */
  text(index: number): string {
    return this.#elf.text(this.#textOffset(index));
  }

  #textOffset(index: number): number {
    if (this.#strings === undefined || index >= this.#strings.size) {
      throw new BrokenFile(`there is no string ${index}`);
    }
    return this.#strings.offset + index;
  }

  #readEntries(dynamic: Segment, width: number, bits: 32 | 64): void {
    const count = Math.min(Math.floor(dynamic.fileSize / (2 * width)), maxEntries);
    for (let index = 0; index < count; index++) {
      const offset = dynamic.offset + index * 2 * width;
      const key = this.#elf.word(offset, bits);
      if (key === tag.end) {
        return;
      }
      const values = this.#entries.get(key) ?? [];
      values.push(this.#elf.word(offset + width, bits));
      this.#entries.set(key, values);
    }
  }
}

function readSegments(elf: FileBytes, bits: 32 | 64): Segment[] {
  const start = elf.word(bits === 64 ? 32 : 28, bits);
  const size = elf.u16(bits === 64 ? 54 : 42);
  const count = elf.u16(bits === 64 ? 56 : 44);
  return Array.from({ length: count }, (_, index) => {
    const offset = start + index * size;
    return bits === 64
      ? {
          type: elf.u32(offset),
          offset: elf.u64(offset + 8),
          address: elf.u64(offset + 16),
          fileSize: elf.u64(offset + 32),
        }
      : {
          type: elf.u32(offset),
          offset: elf.u32(offset + 4),
          address: elf.u32(offset + 8),
          fileSize: elf.u32(offset + 16),
        };
  });
}
