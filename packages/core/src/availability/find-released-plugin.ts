import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { PluginRelease } from '../plugin/plugin-release.js';
import type { ReleasedPlugin } from './released-plugin.js';
import { releasedPlugins } from './releases.js';

/**
 * A row of the table of released plug-ins.
 *
 * @param name the WasmEdge name, such as `wasi_crypto`.
 * @param backend which backend of WASI-NN. Default: none, for plug-ins without backends.
 * @throws {InvalidArgumentError} when there is none, or several and no backend is named.
 */
export function findReleasedPlugin(name: string, backend?: string): ReleasedPlugin {
  const named = releasedPlugins.filter((plugin) => plugin.name === name);
  const found = named.filter((plugin) => backend === undefined || plugin.backend === backend);
  const [plugin] = found;
  if (plugin !== undefined && found.length === 1) {
    return plugin;
  }
  if (named.length === 0) {
    const names = [...new Set(releasedPlugins.map((entry) => entry.name))].join(', ');
    throw new InvalidArgumentError(
      `WasmEdge's plug-in ${JSON.stringify(name)} is not known; known are ${names}.`,
    );
  }
  const backends = named.flatMap((entry) => entry.backend ?? []);
  throw new InvalidArgumentError(
    backends.length === 0
      ? `The plug-in ${name} has no backends; leave the backend out.`
      : `The plug-in ${name} has the backends ${backends.join(', ')}; name one of them.`,
  );
}

/**
 * The platforms that WasmEdge releases a plug-in for, for `platforms.ts` of a plug-in's package.
 *
 * @param name the WasmEdge name, such as `wasi_crypto`.
 * @param backend which backend of WASI-NN. Default: none, for plug-ins without backends.
 * @throws {InvalidArgumentError} as `findReleasedPlugin`.
 */
export function pluginReleases(name: string, backend?: string): readonly PluginRelease[] {
  return findReleasedPlugin(name, backend).platforms.map(({ builds: _builds, ...release }) => release);
}
