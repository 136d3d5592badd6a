import type { ByteReader } from './byte-reader.js';
import { skipConstantExpression } from './constant-expression.js';
import { type GlobalType, readGlobalType, readTableType, type TableType } from './external-types.js';

/** A declaration, and whether its initialiser was understood, so that the next one can be read. */
interface Declaration<T> {
  readonly type: T;
  readonly understood: boolean;
}

/** Stands for the globals after an initialiser that is not understood. */
export const unknownGlobal: GlobalType = { kind: 'global', type: undefined, mutable: false };

/** Stands for the tables after an initialiser that is not understood. */
export const unknownTable: TableType = { kind: 'table', type: undefined, minimum: 0, maximum: undefined };

/** Reads the global or table section; where an initialiser is not understood, the rest of the section is `unknown`. */
export function readInitialised<T>(
  reader: ByteReader,
  readOne: (reader: ByteReader) => Declaration<T>,
  unknown: T,
  what: string,
  most: number,
): T[] {
  const types: T[] = [];
  for (let count = reader.count(what, most); count > 0; count--) {
    const { type, understood } = readOne(reader);
    types.push(type);
    if (!understood) {
      reader.skip(reader.remaining);
      return types.concat(Array<T>(count - 1).fill(unknown));
    }
  }
  return types;
}

export function readGlobal(reader: ByteReader): Declaration<GlobalType> {
  return { type: readGlobalType(reader), understood: skipConstantExpression(reader) };
}

export function readTable(reader: ByteReader): Declaration<TableType> {
  if (reader.peek() !== 0x40) return { type: readTableType(reader), understood: true };
  const start = reader.offset;
  reader.byte();
  if (reader.byte() !== 0) throw reader.invalid('a table of an unknown form', start);
  return { type: readTableType(reader), understood: skipConstantExpression(reader) };
}
