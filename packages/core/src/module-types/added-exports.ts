import { exportNamed } from './export-named.js';
import type { ModuleTypes } from './module-reading.js';

/** What a guest exports to its engine besides what it exports itself, by name. */
export interface AddedExports {
  /** Memory 0. */
  readonly memory: string | undefined;
  /** The start function, which the engine then has to call. */
  readonly start: string | undefined;
}

/** Nothing more. */
export const noAddedExports: AddedExports = { memory: undefined, start: undefined };

/**
 * The name under which a guest must export its memory 0 so that the host can reach it; `undefined` where it does so already, or has none of its
 * own.
 */
export function addedMemoryName(types: ModuleTypes): string | undefined {
  const { hasMemory, memoryExport, imports } = types;
  if (!hasMemory || memoryExport !== undefined) return undefined;
  return imports.some(({ type }) => type.kind === 'memory') ? undefined : freeName(types, '(memory 0)');
}

/** The name under which a guest must export its start function so that it can be called later; `undefined` where it has none. */
export function addedStartName(types: ModuleTypes): string | undefined {
  return types.hasStart ? freeName(types, '(start)') : undefined;
}

function freeName(types: ModuleTypes, wanted: string): string {
  let name = wanted;
  while (exportNamed(types, name) !== undefined) name += "'";
  return name;
}
