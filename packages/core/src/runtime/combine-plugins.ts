import { DuplicateNameError } from '../errors/runtime-errors.js';
import { combinePlugins, type Plugin } from '../plugin/plugin.js';

/** One plug-in for each WasmEdge name: several of one name are handed to the function they carry for it. */
export function combineByName(plugins: readonly Plugin[]): readonly Plugin[] {
  const byName = new Map<string, Plugin[]>();
  for (const plugin of plugins) {
    byName.set(plugin.name, [...(byName.get(plugin.name) ?? []), plugin]);
  }
  return [...byName].map(([name, sameName]) => {
    const [first] = sameName;
    if (sameName.length === 1 && first !== undefined) {
      return first;
    }
    const combine = first?.[combinePlugins];
    if (combine === undefined) {
      throw new DuplicateNameError(
        `The plug-in ${name} was given ${sameName.length} times; pass it to createRuntime only once.`,
      );
    }
    return combine(sameName);
  });
}
