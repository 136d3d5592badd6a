import type { PluginRelease } from '../plugin/plugin-release.js';
import { findPluginPackage } from '../register/find-plugin-package.js';
import { type PluginPackage, pluginPackages } from '../register/plugin-packages.js';
import type { BackendName, PluginName } from '../register/register.js';
import type { AssetBuild, NativeRelease, ReleasePlatform } from '../register/register-entry.js';
import type { ReleasedPlatform, ReleasedPlugin } from './released-plugin.js';

/** The newest version of WasmEdge whose releases the register knows. */
export const newestKnownVersion = '0.17.1';

/** What WasmEdge builds for a platform, the one to prefer first. */
const buildsFor: Readonly<Record<ReleasePlatform, readonly AssetBuild[]>> = {
  'linux-x64': ['manylinux', 'ubuntu20.04'],
  'linux-arm64': ['manylinux'],
  'darwin-x64': ['darwin'],
  'darwin-arm64': ['darwin'],
};

/** Every package whose native plug-in WasmEdge released; {@link pluginAvailability} says what that means for a machine. */
export const releasedPlugins: readonly ReleasedPlugin[] = pluginPackages.filter(isReleased);

/** Where a native plug-in is released, a row for each platform. */
export function releasedPlatforms({ since, until, builds }: NativeRelease): readonly ReleasedPlatform[] {
  return (Object.entries(since) as [ReleasePlatform, string][]).map(([name, first]) => {
    const [platform, arch] = name.split('-') as [PluginRelease['platform'], PluginRelease['arch']];
    return {
      platform,
      arch,
      since: first,
      ...(until !== undefined && { until }),
      builds: builds?.[name] ?? buildsFor[name],
    };
  });
}

/**
 * The platforms that WasmEdge releases a plug-in for, for `platforms.ts` of a plug-in's package. Empty when it releases none.
 *
 * @param name the plug-in's WasmEdge name, such as `wasi_crypto`.
 * @param backend which backend, for a plug-in that has several. Default: none, for the others.
 * @throws {InvalidArgumentError} when there is none, or several and no backend is named.
 */
export function pluginReleases(name: PluginName, backend?: BackendName): readonly PluginRelease[] {
  const { release } = findPluginPackage(name, backend);
  return release === undefined
    ? []
    : releasedPlatforms(release).map(({ builds: _builds, ...platform }) => platform);
}

/** Whether WasmEdge releases or released the native plug-in of a package. */
export function isReleased(plugin: PluginPackage): plugin is ReleasedPlugin {
  return plugin.release !== undefined && plugin.fileName !== undefined;
}
