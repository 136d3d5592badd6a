import { MemoryLimitError } from '../errors/memory-limit-error.js';
import type { ByteReader } from './byte-reader.js';
import { skipConstantExpression } from './constant-expression.js';
import { readLimits } from './external-types.js';
import { encodeNumber, replaceSection } from './rewrite-section.js';
import { readSections, sectionId } from './sections.js';
import { readReferenceType } from './value-type.js';

/** Most elements of all tables of a module: what the WebAssembly JavaScript interface allows one table (its implementation limits). */
export const mostTableElements = 10_000_000;

/**
 * A module whose tables can never have more than {@link mostTableElements} elements together. WasmEdge ends the process when there is
 * no memory for a table, so the bound is written into the table section: the same array when it is kept already, else a copy.
 *
 * @throws {MemoryLimitError} when the tables start with more elements.
 * @throws {InvalidGuestError} when the bytes are not a module.
 */
export function limitTables(bytes: Uint8Array): Uint8Array {
  for (const { id, start, reader } of readSections(bytes)) {
    if (id !== sectionId.table) continue;
    const tables = Array.from({ length: reader.count() }, () => readTable(reader));
    reader.requireEnd();
    const total = tables.reduce((sum, { minimum }) => sum + minimum, 0);
    if (total > mostTableElements) {
      throw new MemoryLimitError(
        `The guest declares tables of ${total} elements and ${mostTableElements} are allowed. Build it with smaller tables.`,
      );
    }
    const share = Math.floor((mostTableElements - total) / Math.max(1, tables.length));
    if (tables.every(({ minimum, maximum }) => maximum <= minimum + share)) return bytes;
    const content = tables.flatMap(({ type, flags, minimum, maximum, initialiser }) => [
      ...type,
      flags | 1,
      ...encodeNumber(minimum),
      ...encodeNumber(Math.min(maximum, minimum + share)),
      ...initialiser,
    ]);
    return replaceSection(bytes, id, start, reader.end, [...encodeNumber(tables.length), ...content]);
  }
  return bytes;
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
  const { flags, minimum, maximum = Number.POSITIVE_INFINITY } = readLimits(reader);
  const end = reader.offset;
  if (hasInitialiser && !skipConstantExpression(reader)) {
    throw reader.invalid('a table with an initialiser that is not known', end);
  }
  return { type, flags, minimum, maximum, initialiser: reader.bytes.subarray(end, reader.offset) };
}
