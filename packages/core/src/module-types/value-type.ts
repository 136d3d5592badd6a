import type { ValueType } from '../values/value-types.js';
import type { ByteReader } from './byte-reader.js';

const named: ReadonlyMap<number, ValueType> = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x7b, 'v128'],
  [0x70, 'funcref'],
  [0x6f, 'externref'],
]);

/** A value type; `undefined` for one that {@link ValueType} has no name for, such as a reference to a struct. */
export function readValueType(reader: ByteReader): ValueType | undefined {
  const code = reader.peek();
  const type = named.get(code);
  if (type === undefined || type === 'funcref' || type === 'externref') return readReferenceType(reader);
  reader.byte();
  return type;
}

/** A reference type; `undefined` for all but `funcref` and `externref`. */
export function readReferenceType(reader: ByteReader): 'funcref' | 'externref' | undefined {
  const start = reader.offset;
  const code = reader.byte();
  switch (code) {
    case 0x64: // (ref heap-type), which is never null and so has no short name
      readHeapType(reader);
      return undefined;
    case 0x63: // (ref null heap-type)
      return shortName(readHeapType(reader));
    default:
      if (!isAbstractHeapType(code)) throw reader.invalid(`the unknown type 0x${code.toString(16)}`, start);
      return shortName(code);
  }
}

/** The code of an abstract heap type; `undefined` for the index of a type. */
export function readHeapType(reader: ByteReader): number | undefined {
  const start = reader.offset;
  const first = reader.peek();
  if (first < 0x80 && (first & 0x40) !== 0) {
    if (!isAbstractHeapType(first)) {
      throw reader.invalid(`the unknown heap type 0x${first.toString(16)}`, start);
    }
    return reader.byte();
  }
  reader.skipNumber(5);
  return undefined;
}

function shortName(heapType: number | undefined): 'funcref' | 'externref' | undefined {
  if (heapType === 0x70) return 'funcref';
  return heapType === 0x6f ? 'externref' : undefined;
}

/** From `cont` (0x68) over `exn`, `array`, `struct`, `i31`, `eq`, `any`, `extern`, `func` to the empty types, up to `nocont` (0x75). */
function isAbstractHeapType(code: number): boolean {
  return code >= 0x68 && code <= 0x75;
}
