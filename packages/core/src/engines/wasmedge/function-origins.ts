import type { ModuleImport } from '../../module-types/module-types.js';
import type { ImportPlan, ImportProvider } from '../engine.js';
import type { FunctionOrigin } from './function-origin.js';
import type { WasmEdgeInstance } from './wasmedge-instance.js';

/**
 * Where the functions come from that a guest exports as it imports them, by the names of these exports.
 *
 * @param reexports by the name of an export, the index of the import.
 */
export function functionOrigins(
  { types, providers }: ImportPlan,
  reexports: ReadonlyMap<string, number>,
): ReadonlyMap<string, FunctionOrigin> | undefined {
  if (reexports.size === 0) return undefined;
  const origins = new Map<string, FunctionOrigin>();
  for (const [exported, index] of reexports) {
    const { module, name } = types.imports[index] as ModuleImport;
    const provider = providers[index] as ImportProvider;
    const isGuest = provider.kind === 'guest';
    origins.set(
      exported,
      isGuest ? (provider.instance as WasmEdgeInstance).originOf(name) : { module, name, owner: undefined },
    );
  }
  return origins;
}
