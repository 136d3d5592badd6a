import type { ByteReader } from './byte-reader.js';
import { skipConstantExpression } from './constant-expression.js';
import {
  type GlobalType,
  type PlacedLimits,
  readGlobalType,
  readTableType,
  type TableType,
} from './external-types.js';
import { most } from './implementation-limits.js';

/** A declaration, and whether its initialiser was understood, so that the next one can be read. */
interface Declaration<T> {
  readonly type: T;
  readonly understood: boolean;
}

/** Stands for the globals after an initialiser that is not understood. */
const unknownGlobal: GlobalType = { kind: 'global', type: undefined, mutable: false };

/** A table that a module declares, and where its bytes are. */
export interface DeclaredTable {
  readonly type: TableType;
  readonly start: number;
  readonly limits: PlacedLimits;
  readonly end: number;
}

/** Stands for the tables after an initialiser that is not understood. */
const unknownTable: DeclaredTable = {
  type: { kind: 'table', type: undefined, minimum: 0, maximum: undefined },
  start: 0,
  limits: { start: 0, flags: 0, end: 0 },
  end: 0,
};

/** The globals that a module declares. */
export function readGlobals(reader: ByteReader): GlobalType[] {
  return readInitialised(reader, readGlobal, unknownGlobal, 'globals', most.globals);
}

/**
 * The tables that a module declares.
 *
 * @param mustBeUnderstood whether to refuse tables whose places are not known.
 */
export function readTables(reader: ByteReader, mustBeUnderstood: boolean): DeclaredTable[] {
  const readOne = () => {
    const table = readTable(reader);
    if (mustBeUnderstood && !table.understood) {
      throw reader.invalid('a table with an unknown initialiser', table.type.limits.end);
    }
    return table;
  };
  return readInitialised(reader, readOne, unknownTable, 'tables', most.tables);
}

/** Where an initialiser is not understood, the rest of the section is `unknown`. */
function readInitialised<T>(
  reader: ByteReader,
  readOne: (reader: ByteReader) => Declaration<T>,
  unknown: T,
  what: string,
  maxElements: number,
): T[] {
  const types: T[] = [];
  for (let count = reader.count(what, maxElements); count > 0; count--) {
    const { type, understood } = readOne(reader);
    types.push(type);
    if (!understood) {
      reader.skip(reader.remaining);
      return types.concat(Array<T>(count - 1).fill(unknown));
    }
  }
  return types;
}

function readGlobal(reader: ByteReader): Declaration<GlobalType> {
  return { type: readGlobalType(reader), understood: skipConstantExpression(reader) };
}

function readTable(reader: ByteReader): Declaration<DeclaredTable> {
  const start = reader.offset;
  const hasInitialiser = reader.peek() === 0x40;
  if (hasInitialiser) {
    reader.byte();
    if (reader.byte() !== 0) throw reader.invalid('a table of an unknown form', start);
  }
  const { type, limits } = readTableType(reader);
  const understood = !hasInitialiser || skipConstantExpression(reader);
  return { type: { type, start, limits, end: reader.offset }, understood };
}
