import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  isVersion,
  type Machine,
  type PluginPackage,
  pluginAvailability,
  pluginPackages,
  type WasmEdgeInstallation,
} from '@wasmedge-plugins/core';
import { resolveOptional } from '../packages/import-optional.js';
import { loadPluginPackage } from '../packages/plugin-package.js';
import type { NativeState, PluginState, ReleaseState } from './doctor-report.js';
import type { ExaminedFiles } from './examine-files.js';
import { examineLibraries } from './examine-libraries.js';
import { nativeState } from './native-state.js';

/** Looks at every plug-in that is known: its package, its release, and its file when there is a libwasmedge to load it. */
export function examinePlugins(
  machine: Machine,
  library: WasmEdgeInstallation | undefined,
  files: ExaminedFiles,
): Promise<PluginState[]> {
  return Promise.all(
    pluginPackages.map((plugin) => {
      const native: NativeState =
        library === undefined
          ? { installed: undefined, problem: 'there is no libwasmedge to load it' }
          : nativeState(plugin, files);
      return examinePackage(plugin, releaseState(plugin, machine, library), native);
    }),
  );
}

async function examinePackage(
  { name, packageName, backend }: PluginPackage,
  released: ReleaseState,
  native: NativeState,
): Promise<PluginState> {
  const state = {
    name,
    packageName,
    ...(backend !== undefined && { backend }),
    released,
    native,
    libraries: [],
  };
  try {
    const loaded = await loadPluginPackage(packageName);
    if (loaded === undefined) {
      const reason = `npm install ${packageName}`;
      return { ...state, package: { installed: false }, provider: undefined, reason };
    }
    return {
      ...state,
      package: { installed: true, ...packageVersion(packageName) },
      libraries: await examineLibraries(loaded),
      provider: 'embedded',
      reason: native.loads ? 'the default; --provider native takes the file' : 'the default',
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const reason = 'the package does not load';
    return { ...state, package: { installed: true, problem }, provider: undefined, reason };
  }
}

function releaseState(
  { name, backend }: PluginPackage,
  { platform, arch, libc, translated }: Machine,
  library: WasmEdgeInstallation | undefined,
): ReleaseState {
  const version = library !== undefined && isVersion(library.version) ? library.version : undefined;
  const found = pluginAvailability(name, {
    platform,
    arch,
    libc,
    translated,
    backend,
    wasmedgeVersion: version,
  });
  const [asset] = found.assets;
  return {
    here: found.released,
    ...found.range,
    ...(asset !== undefined && { asset: asset.name }),
    why: found.reason,
    ...(found.instead !== undefined && { instead: found.instead }),
  };
}

function packageVersion(packageName: string): { version?: string } {
  const url = resolveOptional(`${packageName}/package.json`);
  const content =
    url === undefined ? {} : (JSON.parse(readFileSync(fileURLToPath(url), 'utf8')) as { version?: string });
  return content.version === undefined ? {} : { version: content.version };
}
