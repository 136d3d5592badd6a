import type { ModuleImport } from '../../module-types/module-types.js';
import type { ImportName } from '../../module-types/rewrite-guest.js';
import type { ImportPlan, ImportProvider } from '../engine.js';
import type { WasmEdgeInstance } from './wasmedge-instance.js';

/** The imports of a guest whose names are others in WasmEdge's store, by their indices; `undefined` where there are none. */
export function namesInStore({
  types,
  names,
  providers,
}: ImportPlan): ReadonlyMap<number, ImportName> | undefined {
  let changed: Map<number, ImportName> | undefined;
  for (let index = 0; index < providers.length; index++) {
    const { module, name } = types.imports[index] as ModuleImport;
    const provider = providers[index] as ImportProvider;
    if (provider.kind !== 'guest' && provider.kind !== 'object') continue;
    const inStore = (provider.instance as WasmEdgeInstance).originOf(name);
    if (inStore.module === module && inStore.name === name) continue;
    changed ??= new Map(names);
    changed.set(index, { module: inStore.module, name: inStore.name });
  }
  return changed ?? names;
}
