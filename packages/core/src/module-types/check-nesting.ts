import type { ByteReader } from './byte-reader.js';
import { readLimits, readMemoryType } from './external-types.js';
import { readSections, sectionId } from './sections.js';

/** How deep types may refer to others that were defined before them. */
const mostNested = 1000;
/** Parts that a type may have which is defined twice, with all parts of the types in it. */
const mostTwice = 100;
/** Parts of the type of an import, which is compared with the type of what provides it. */
const mostImported = 10_000;

/** One type, or one group of types that refer to each other. */
interface Measure {
  readonly depth: number;
  /** Its parts, those of the types that it refers to counted as often as it refers to them. */
  readonly parts: number;
}

/**
 * Refuses types that libwasmedge could not compare. It takes two types apart to find out whether they are the same, down to the last
 * part of each: forty types of two references each would take it hours, and deep ones overflow its stack.
 *
 * @throws {InvalidGuestError} for such types, and when the bytes are not a module.
 */
export function checkNesting(bytes: Uint8Array): void {
  const measures: Measure[] = [];
  for (const { id, reader } of readSections(bytes)) {
    if (id === sectionId.type) measureTypes(reader, measures);
    if (id === sectionId.import) checkImports(reader, measures);
  }
}

function measureTypes(reader: ByteReader, measures: Measure[]): void {
  /** The same text for the same types, by which each text has a number. */
  const known = new Map<string, number>();
  const numbers: number[] = [];
  for (let groups = reader.count(); groups > 0; groups--) {
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
      text.push(measure === undefined ? `@${index - first}` : `#${numbers[index]}`);
    };
    for (let left = members; left > 0; left--) {
      const own = readType(reader, text, refer);
      parts += own;
      text.push(';');
    }
    depth += parts > members ? 1 : 0;
    if (depth > mostNested) throw reader.tooMany(depth, 'types nested in each other', mostNested, start);
    const key = text.join(' ');
    const twin = known.get(key);
    if (twin !== undefined && parts > mostTwice) {
      throw reader.tooMany(parts, 'parts in a type that is defined twice', mostTwice, start);
    }
    known.set(key, twin ?? first);
    for (let member = 0; member < members; member++) {
      numbers.push((twin ?? first) + member);
      measures.push({ depth, parts });
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

function checkImports(reader: ByteReader, measures: readonly Measure[]): void {
  const check = (index: number) => {
    const parts = measures[index]?.parts ?? 0;
    if (parts > mostImported) throw reader.tooMany(parts, 'parts in the type of an import', mostImported);
  };
  for (let left = reader.count(); left > 0; left--) {
    reader.skip(reader.u32());
    reader.skip(reader.u32());
    switch (reader.byte()) {
      case 0:
        check(reader.u32());
        break;
      case 1:
        readValue(reader, [], check);
        readLimits(reader);
        break;
      case 2:
        readMemoryType(reader);
        break;
      case 3:
        readValue(reader, [], check);
        reader.byte();
        break;
      default:
        reader.byte();
        check(reader.u32());
    }
  }
}
