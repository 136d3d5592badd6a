import { NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import type { Library } from '../library.js';
import { listStrings, readString } from '../list-strings.js';
import type { Pointer } from '../native-functions.js';

/** An instance of one module of a native plug-in. */
export interface PluginModule {
  /** The name that guests import from. */
  readonly name: string;
  /** The name that WasmEdge makes it by. */
  readonly descriptorName: string;
  readonly instance: Pointer;
}

/** Makes an instance of every module of a loaded plug-in; the caller owns them and deletes them after its store. */
export function createPluginModules(library: Library, pluginName: string): readonly PluginModule[] {
  const { c, strings } = library;
  const plugin = Number(c.PluginFind(strings.pass(pluginName)));
  const names = listStrings(c.PluginListModuleLength(plugin), (address, count) =>
    c.PluginListModule(plugin, address, count),
  );
  const modules: PluginModule[] = [];
  for (const descriptorName of names) {
    const instance = Number(c.PluginCreateModule(plugin, strings.pass(descriptorName)));
    if (instance === 0) {
      for (const made of modules) {
        c.ModuleInstanceDelete(made.instance);
      }
      throw new NativePluginLoadError(
        `The native plug-in ${pluginName} could not create its module ${descriptorName}, and gave no reason. Check that its dependencies are installed, or use provider: 'embedded'.`,
      );
    }
    const name = c.ModuleInstanceGetModuleName(instance);
    modules.push({ name: readString(name.Length, Number(name.Buf)), descriptorName, instance });
  }
  return modules;
}
