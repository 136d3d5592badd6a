import { checkCode } from './check-code.js';
import { limitMemory } from './limit-memory.js';
import { type LimitedTables, limitTables } from './limit-tables.js';
import type { TableBudget } from './table-budget.js';

/**
 * A guest that no engine has seen yet, within all bounds on what its bytes make an engine do: what is too much is refused, and how far
 * memories and tables may grow is written into a copy.
 *
 * @throws {MemoryLimitError} when its memories or tables start with more than they may have.
 * @throws {InvalidGuestError} when it has more of something than is taken, or the bytes are not a module.
 */
export function boundGuest(bytes: Uint8Array, memoryPages: number, tables: TableBudget): LimitedTables {
  checkCode(bytes);
  return limitTables(limitMemory(bytes, memoryPages), tables);
}
