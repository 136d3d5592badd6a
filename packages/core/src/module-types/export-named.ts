import type { ExternalType, ModuleTypes } from './module-types.js';

const byName = new WeakMap<ModuleTypes, ReadonlyMap<string, ExternalType>>();

/** What a module exports under a name. A guest may look up a million names among a million exports, so they are put in order once. */
export function exportNamed(types: ModuleTypes, name: string): ExternalType | undefined {
  let exports = byName.get(types);
  if (exports === undefined) {
    exports = new Map(types.exports.map((entry) => [entry.name, entry.type]));
    byName.set(types, exports);
  }
  return exports.get(name);
}
