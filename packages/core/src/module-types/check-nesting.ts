import type { ByteReader } from './byte-reader.js';

/** How deep types may refer to others that were defined before them. */
const maxNested = 1000;
/** Parts that a type may have which is defined twice, with all parts of the types in it. */
const maxTwice = 100;
/** Parts of the type of an import, which is compared with the type of what provides it. */
const maxImported = 10_000;

/** One type, or one group of types that refer to each other. */
interface Measure {
  readonly depth: number;
  /** Its parts, those of the types that it refers to counted as often as it refers to them. */
  readonly parts: number;
}

/**
 * Refuses types that libwasmedge could not compare. It takes two types apart to find out whether they are the same, down to the last
 * part of each: forty types of two references each would take it hours, and deep ones overflow its stack.
 */
export class NestingCheck {
  readonly #measures: Measure[] = [];
  /** The same text for the same types, by which each text has a number. */
  readonly #known = new Map<string, number>();
  readonly #numbers: number[] = [];

  /**
   * Measures a type, or a group of types, that was read without a fault.
   *
   * @throws {InvalidGuestError} when it could not be compared.
   */
  addTypes(reader: ByteReader): void {
    const measures = this.#measures;
    const start = reader.offset;
    const first = measures.length;
    let members = 1;
    if (reader.peek() === 0x4e) {
      reader.byte();
      members = reader.count();
    }
    let depth = 0;
    let parts = 0;
    const text: string[] = [];
    const refer = (index: number) => {
      const measure = measures[index];
      parts += measure?.parts ?? 1;
      depth = Math.max(depth, measure?.depth ?? 0);
      text.push(measure === undefined ? `@${index - first}` : `#${this.#numbers[index]}`);
    };
    for (let left = members; left > 0; left--) {
      const own = readType(reader, text, refer);
      parts += own;
      text.push(';');
    }
    depth += parts > members ? 1 : 0;
    if (depth > maxNested) throw reader.tooMany(depth, 'types nested in each other', maxNested, start);
    const key = text.join(' ');
    const twin = this.#known.get(key);
    if (twin !== undefined && parts > maxTwice) {
      throw reader.tooMany(parts, 'parts in a type that is defined twice', maxTwice, start);
    }
    this.#known.set(key, twin ?? first);
    for (let member = 0; member < members; member++) {
      this.#numbers.push((twin ?? first) + member);
      measures.push({ depth, parts });
    }
  }

  /**
   * Looks at an import that was read without a fault.
   *
   * @throws {InvalidGuestError} when its type could not be compared with that of what provides it.
   */
  addImport(reader: ByteReader): void {
    const check = (index: number) => {
      const parts = this.#measures[index]?.parts ?? 0;
      if (parts > maxImported) throw reader.tooMany(parts, 'parts in the type of an import', maxImported);
    };
    reader.skip(reader.u32());
    reader.skip(reader.u32());
    switch (reader.byte()) {
      case 1:
      case 3: // Behind the type are the limits of a table, or whether a global can be set.
        readValue(reader, [], check);
        break;
      case 2:
        break;
      case 4:
        reader.byte();
        check(reader.u32());
        break;
      default:
        check(reader.u32());
    }
  }
}

/** Reads one type into its text; returns how many parts it has, besides those that it refers to. */
function readType(reader: ByteReader, text: string[], refer: (index: number) => void): number {
  let form = reader.byte();
  if (form === 0x50 || form === 0x4f) {
    text.push(`${form}`);
    for (let supertypes = reader.count(); supertypes > 0; supertypes--) refer(reader.u32());
    form = reader.byte();
  }
  text.push(`${form}`);
  let parts = 1;
  const list = (readOne: () => void) => {
    const count = reader.count();
    text.push(`${count}`);
    parts += count;
    for (let left = count; left > 0; left--) readOne();
  };
  const value = () => readValue(reader, text, refer);
  const field = () => {
    value();
    text.push(`${reader.byte()}`);
  };
  if (form === 0x60) {
    list(value);
    list(value);
  } else if (form === 0x5f) {
    list(field);
  } else {
    field();
  }
  return parts;
}

function readValue(reader: ByteReader, text: string[], refer: (index: number) => void): void {
  const code = reader.byte();
  text.push(`${code}`);
  if (code !== 0x63 && code !== 0x64) return;
  const heapType = reader.peek();
  if (heapType < 0x80 && heapType >= 0x40) text.push(`${reader.byte()}`);
  else refer(reader.u32());
}
