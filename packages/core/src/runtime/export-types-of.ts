import type { ExternalType, ModuleExport } from '../module-types/module-types.js';

/** What a guest exports, by name. */
export function exportTypesOf(exports: readonly ModuleExport[]): ReadonlyMap<string, ExternalType> {
  return new Map(exports.map(({ name, type }) => [name, type] as const));
}
