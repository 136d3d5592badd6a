import type { ByteReader } from './byte-reader.js';
import { skipConstantExpression } from './constant-expression.js';
import { readLimits } from './external-types.js';
import { most } from './implementation-limits.js';
import { encodeNumber, replaceSection } from './rewrite-section.js';
import { readSections, sectionId } from './sections.js';
import { TableBudget, type TableShare } from './table-budget.js';
import { readReferenceType } from './value-type.js';

/** A module whose tables keep within a budget, and what they took of it. */
export interface LimitedTables {
  readonly bytes: Uint8Array;
  readonly share: TableShare;
}

/**
 * A module whose tables can never have more elements than `budget` gives them. No engine bounds them together, and without memory for
 * a table V8 and WasmEdge end the process; so the bound is written into the table section: the same bytes when it is kept already,
 * else a copy. Imported tables belong to the guest that made them.
 *
 * @throws {MemoryLimitError} when the tables start with more elements than there are; nothing is then taken.
 * @throws {InvalidGuestError} when the bytes are not a module.
 */
export function limitTables(bytes: Uint8Array, budget = new TableBudget()): LimitedTables {
  for (const { id, start, reader } of readSections(bytes)) {
    if (id !== sectionId.table) continue;
    const tables = Array.from({ length: reader.count('tables', most.tables) }, () => readTable(reader));
    reader.requireEnd();
    const growing = tables.filter(({ minimum, maximum }) => maximum > minimum);
    const share = budget.take(
      sum(tables.map(({ minimum }) => minimum)),
      sum(growing.map(({ minimum, maximum }) => maximum - minimum)),
    );
    const room = Math.floor(share.room / Math.max(1, growing.length));
    if (growing.every(({ minimum, maximum }) => maximum <= minimum + room)) return { bytes, share };
    const content = tables.flatMap(({ type, flags, minimum, maximum, initialiser }) => [
      type,
      [flags | 1, ...encodeNumber(minimum), ...encodeNumber(Math.min(maximum, minimum + room))],
      initialiser,
    ]);
    return {
      bytes: replaceSection(bytes, id, start, reader.end, [encodeNumber(tables.length), ...content]),
      share,
    };
  }
  return { bytes, share: { declared: 0, room: 0 } };
}

/** One table: the bytes before and behind its limits stay as they are. */
function readTable(reader: ByteReader) {
  const start = reader.offset;
  const hasInitialiser = reader.peek() === 0x40;
  if (hasInitialiser) {
    reader.skip(2);
  }
  readReferenceType(reader);
  const type = reader.bytes.subarray(start, reader.offset);
  const { flags, minimum, maximum = most.tableElements } = readLimits(reader);
  const end = reader.offset;
  if (hasInitialiser && !skipConstantExpression(reader)) {
    throw reader.invalid('a table with an initialiser that is not known', end);
  }
  return {
    type,
    flags,
    minimum,
    maximum: Math.max(minimum, Math.min(maximum, most.tableElements)),
    initialiser: reader.bytes.subarray(end, reader.offset),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
