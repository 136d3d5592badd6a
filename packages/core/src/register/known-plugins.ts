import { pluginPackages } from './plugin-packages.js';
import { type PluginName, register } from './register.js';

/** A plug-in that has packages here. */
export interface KnownPlugin {
  /** The name WasmEdge knows it by. */
  readonly name: PluginName;
  /** Its display name. */
  readonly title: string;
  /** Packages that provide it; several if there are several backends. */
  readonly packageNames: readonly string[];
  /** Modules that guests import from it. */
  readonly moduleNames: readonly string[];
  /** File name of the native plug-in, without platform prefix and suffix; absent if there is none. */
  readonly fileName?: string;
}

/** The plug-ins that have a package here, so that a missing import can name it. */
export const knownPlugins: readonly KnownPlugin[] = register.flatMap((entry) => {
  if (entry.backendOf !== undefined) return [];
  const { name, title, moduleNames, fileName } = entry;
  const packages = pluginPackages.filter((each) => each.name === name);
  const packageNames = packages.map(({ packageName }) => packageName);
  return [{ name, title, packageNames, moduleNames, ...(fileName !== undefined && { fileName }) }];
});

/** The known plug-in that provides a module, if one does. */
export function knownPluginForModule(moduleName: string): KnownPlugin | undefined {
  return knownPlugins.find((plugin) => plugin.moduleNames.includes(moduleName));
}
