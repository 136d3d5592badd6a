import { addedMemoryName, noAddedExports } from './added-exports.js';
import { limitMemories } from './limit-memory.js';
import { limitTables } from './limit-tables.js';
import type { ModuleReading } from './module-reading.js';
import { type GuestChanges, type ImportName, unchanged } from './rewrite-guest.js';
import type { TableBudget, TableShare } from './table-budget.js';

/** How a guest is changed before an engine sees it, and what its tables took of their budget. */
export interface BoundGuest {
  readonly changes: GuestChanges;
  readonly share: TableShare;
}

const unbounded: BoundGuest = {
  changes: unchanged,
  share: { declared: 0, room: 0 },
};

/**
 * Bounds how far the memories and tables of a guest may grow, and has it export its memory 0.
 *
 * @param names other names of imports by index.
 * @throws {MemoryLimitError} when its memories or tables start with more than they may have.
 */
export function boundGuest(
  { types, tables }: ModuleReading,
  memoryPages: number,
  budget: TableBudget,
  names: ReadonlyMap<number, ImportName> | undefined,
): BoundGuest {
  if (types.memories.length === 0 && tables.length === 0 && names === undefined) return unbounded;
  const memories = limitMemories(types.memories, memoryPages);
  const { share, maxima } = limitTables(tables, budget);
  const memory = addedMemoryName(types);
  const addedExports = memory === undefined ? noAddedExports : { ...noAddedExports, memory };
  return { changes: { memories, tableMaxima: maxima, importNames: names, addedExports }, share };
}
