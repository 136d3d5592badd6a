import { isVersion, type ReleasedPlugin, releasedPlugins } from '@wasmedge-plugins/core';
import { UsageError } from '../errors.js';
import { isCalled } from '../packages/plugin-package.js';

/** What a person asked to install, and for which machine. */
export interface InstallWish {
  readonly plugin: ReleasedPlugin;
  /** The version that was named. Default: that of the libwasmedge in use. */
  readonly version: string | undefined;
}

/**
 * Reads `plug-in[@version]`. A plug-in is called by its WasmEdge name with the backend (`wasi_nn-openvino`), or by its package, with or
 * without the scope.
 *
 * @param versionOption the option `--version`, which is another way to say the same.
 * @throws {UsageError} when there is no such plug-in, or the version is none.
 */
export function parseInstallWish(text: string, versionOption: string | undefined): InstallWish {
  const at = text.lastIndexOf('@');
  const [name, after] = at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, undefined];
  if (after !== undefined && versionOption !== undefined && after !== versionOption) {
    throw new UsageError(`${text} and --version ${versionOption} ask for two versions; give one`);
  }
  const version = after ?? versionOption;
  if (version !== undefined && !isVersion(version)) {
    throw new UsageError(`"${version}" is not a version of WasmEdge; give one such as 0.14.1`);
  }
  return { plugin: findPlugin(name), version };
}

/** A platform as `--platform` takes it: `linux-x64`. */
export function parsePlatform(text: string): { platform: NodeJS.Platform; arch: NodeJS.Architecture } {
  const [platform, arch, ...rest] = text.split('-');
  const isKnown =
    rest.length === 0 &&
    ['linux', 'darwin', 'win32'].includes(platform ?? '') &&
    ['x64', 'arm64'].includes(arch ?? '');
  if (!isKnown) {
    throw new UsageError(
      `"${text}" is not a platform; give one such as linux-x64, linux-arm64 or darwin-arm64`,
    );
  }
  return { platform: platform as NodeJS.Platform, arch: arch as NodeJS.Architecture };
}

function findPlugin(name: string): ReleasedPlugin {
  const found = releasedPlugins.filter(
    (plugin) => plugin.release.asset === name || plugin.name === name || isCalled(plugin.packageName, name),
  );
  const [plugin] = found;
  if (plugin !== undefined && found.length === 1) {
    return plugin;
  }
  if (found.length > 1) {
    throw new UsageError(
      `${name} has several backends, each in a file of its own; name one of ${assetsOf(found)}`,
    );
  }
  throw new UsageError(`there is no plug-in "${name}"; known are ${assetsOf(releasedPlugins)}`);
}

/** What plug-ins are called here, for a message. */
export function assetsOf(plugins: readonly ReleasedPlugin[]): string {
  return plugins.map(({ release }) => release.asset).join(', ');
}
