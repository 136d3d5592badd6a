import type { ModuleTypes } from '../module-types/module-types.js';
import type { ExportedFunction } from './engine.js';

/** The exported functions of an instance that the host asks for when it was disposed: each refuses, as `refuse` does. */
export function refusedExports(
  types: ModuleTypes,
  refuse: () => void,
): ReadonlyMap<string, ExportedFunction> {
  const functions = types.exports.filter(({ type }) => type.kind === 'function');
  return new Map(functions.map(({ name }) => [name, () => refuse()] as const));
}
