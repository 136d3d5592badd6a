import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { type PluginPackage, pluginPackages } from './plugin-packages.js';

/**
 * The package that provides a plug-in.
 *
 * @param name the plug-in's WasmEdge name, such as `wasi_crypto`.
 * @param backend which backend, for a plug-in that has several. Default: none, for the others.
 * @throws {InvalidArgumentError} when there is none, or several and no backend is named.
 */
export function findPluginPackage(name: string, backend?: string): PluginPackage {
  const named = pluginPackages.filter((plugin) => plugin.name === name);
  const found = named.filter((plugin) => backend === undefined || plugin.backend === backend);
  const [plugin] = found;
  if (plugin !== undefined && found.length === 1) {
    return plugin;
  }
  if (named.length === 0) {
    const names = [...new Set(pluginPackages.map((entry) => entry.name))].join(', ');
    throw new InvalidArgumentError(
      `WasmEdge's plug-in ${JSON.stringify(name)} is unknown; known are ${names}.`,
    );
  }
  const backends = named.flatMap((entry) => entry.backend ?? []);
  throw new InvalidArgumentError(
    backends.length === 0
      ? `The plug-in ${name} has no backends; omit the backend.`
      : `The plug-in ${name} has the backends ${backends.join(', ')}; name one of them.`,
  );
}
