import type { ModuleImport, ModuleTypes } from '../module-types/module-types.js';
import { type KnownPlugin, knownPluginForModule } from '../register/known-plugins.js';

/** What a guest needs to run, according to its imports. */
export interface GuestNeeds {
  /** Whether it imports WASI preview 1, which every runtime provides. */
  readonly wasi: boolean;
  /** The known plug-ins that provide other modules that it imports, each with the packages that have it. */
  readonly plugins: readonly KnownPlugin[];
  /** Modules that no known plug-in provides: your host modules, other guests, or plug-ins from elsewhere. */
  readonly otherModules: readonly string[];
}

/** What a guest needs to run. `types` comes from `readModuleTypes()`. */
export function guestNeeds({ imports }: Pick<ModuleTypes, 'imports'>): GuestNeeds {
  const modules = new Set(imports.map(({ module }) => module));
  const others = [...modules].filter((module) => module !== wasiModule);
  const plugins = new Set(others.flatMap((module) => knownPluginForModule(module) ?? []));
  return {
    wasi: modules.has(wasiModule),
    plugins: [...plugins],
    otherModules: others.filter((module) => knownPluginForModule(module) === undefined),
  };
}

const wasiModule = 'wasi_snapshot_preview1';

/** Imports by module, in the order in which the guest names the modules. */
export function importsByModule(imports: readonly ModuleImport[]): ReadonlyMap<string, readonly number[]> {
  const byModule = new Map<string, number[]>();
  imports.forEach(({ module }, index) => {
    const indices = byModule.get(module);
    if (indices === undefined) byModule.set(module, [index]);
    else indices.push(index);
  });
  return byModule;
}
