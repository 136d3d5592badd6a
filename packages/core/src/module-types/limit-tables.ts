import { most } from './implementation-limits.js';
import type { DeclaredTable } from './initialised.js';
import type { TableBudget, TableShare } from './table-budget.js';

/** What the tables of a guest took of a budget, and the maxima by which they keep within it. */
export interface LimitedTables {
  readonly share: TableShare;
  /** For each table; `undefined` when the tables keep within it as they are. */
  readonly maxima: readonly number[] | undefined;
}

const noTables: LimitedTables = { share: { declared: 0, room: 0 }, maxima: undefined };

/**
 * Maxima by which tables can never have more elements than `budget` gives them. No engine bounds them together, and without memory for
 * a table V8 and WasmEdge end the process; so the bound is written into the table section. Imported tables belong to the guest that
 * made them.
 *
 * @throws {MemoryLimitError} when the tables start with more elements than there are; nothing is then taken.
 */
export function limitTables(tables: readonly DeclaredTable[], budget: TableBudget): LimitedTables {
  if (tables.length === 0) return noTables;
  const sizes = tables.map(({ type: { minimum, maximum = most.tableElements } }) => ({
    minimum,
    // More at the start than there can be is refused with the budget.
    maximum: Math.max(minimum, Math.min(maximum, most.tableElements)),
  }));
  const growing = sizes.filter(({ minimum, maximum }) => maximum > minimum);
  const share = budget.take(
    sum(sizes.map(({ minimum }) => minimum)),
    sum(growing.map(({ minimum, maximum }) => maximum - minimum)),
  );
  const room = Math.floor(share.room / Math.max(1, growing.length));
  if (growing.every(({ minimum, maximum }) => maximum <= minimum + room)) return { share, maxima: undefined };
  return { share, maxima: sizes.map(({ minimum, maximum }) => Math.min(maximum, minimum + room)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
