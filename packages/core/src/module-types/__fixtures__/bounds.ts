import { boundGuest } from '../bound-guest.js';
import { readModule } from '../read-module.js';
import { type ImportName, rewriteGuest } from '../rewrite-guest.js';
import type { TableShare } from '../table-budget.js';
import { TableBudget } from '../table-budget.js';

const unchanged = { memories: undefined, tableMaxima: undefined, importNames: undefined };

/** Reads a guest as engine `v8` does, with all checks of its code. */
export function checkCode(bytes: Uint8Array): void {
  readModule(bytes, { code: true, nesting: false });
}

/** Reads a module with the check of its types alone. */
export function checkNesting(bytes: Uint8Array): void {
  readModule(bytes, { code: false, nesting: true });
}

/** A guest as an engine gets it: bounded, and written anew where it must be. */
export function bound(bytes: Uint8Array, memoryPages: number, tables = new TableBudget()) {
  const reading = readModule(bytes, { code: true, nesting: false });
  const { changes, share } = boundGuest(reading, memoryPages, tables, undefined);
  // Its limits alone.
  return { bytes: rewriteGuest(reading, { ...changes, addedExports: undefined }), share };
}

/** A guest whose memories keep within a limit. */
export function limitMemory(bytes: Uint8Array, memoryPages: number): Uint8Array {
  return bound(bytes, memoryPages).bytes;
}

/** A guest whose tables keep within a budget. */
export function limitTables(
  bytes: Uint8Array,
  tables?: TableBudget,
): { readonly bytes: Uint8Array; readonly share: TableShare } {
  return bound(bytes, 65_536, tables);
}

/** A guest whose imports with these indices have other names. */
export function renameImports(bytes: Uint8Array, importNames: ReadonlyMap<number, ImportName>): Uint8Array {
  return rewriteGuest(readModule(bytes, { code: true, nesting: false }), { ...unchanged, importNames });
}
