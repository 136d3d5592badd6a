import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type KnownPlugin, knownPlugins, type PluginRelease } from '@wasmedge-plugins/core';
import { resolveOptional } from '../packages/import-optional.js';
import { loadPluginPackage } from '../packages/plugin-package.js';
import type { Machine, NativeState, PluginState } from './doctor-report.js';
import { probe } from './probe.js';

/** Looks at every known plug-in: its packages, and its native file when there is a libwasmedge to load it. */
export async function examinePlugins(machine: Machine, hasLibrary: boolean): Promise<PluginState[]> {
  const states = await Promise.all(
    knownPlugins.map(async (plugin) => {
      const native: NativeState = hasLibrary
        ? await examineNative(plugin)
        : { installed: undefined, problem: 'there is no libwasmedge to load it' };
      return Promise.all(
        plugin.packageNames.map((name) => examinePackage(plugin.name, name, native, machine)),
      );
    }),
  );
  return states.flat();
}

async function examineNative({ name, fileNames }: KnownPlugin): Promise<NativeState> {
  let state: NativeState = { installed: false };
  for (const fileName of fileNames) {
    const answer = await probe({ kind: 'plugin', name, fileName });
    if (answer.kind === 'plugin') {
      return { installed: true, loads: true, ...(answer.path !== undefined && { path: answer.path }) };
    }
    if (answer.kind === 'problem' && answer.code !== 'ERR_NATIVE_PLUGIN_NOT_FOUND') {
      state = { installed: true, loads: false, problem: answer.message };
    }
  }
  return state;
}

async function examinePackage(
  name: string,
  packageName: string,
  native: NativeState,
  machine: Machine,
): Promise<PluginState> {
  const state = { name, packageName, native };
  try {
    const loaded = await loadPluginPackage(packageName);
    if (loaded === undefined) {
      const reason = `npm install ${packageName}`;
      return { ...state, package: { installed: false }, released: undefined, provider: undefined, reason };
    }
    return {
      ...state,
      package: { installed: true, ...packageVersion(packageName) },
      released: releaseHere(loaded.commandLine.releases, machine),
      provider: 'embedded',
      reason: native.loads ? 'the default; --provider native takes the file' : 'the default',
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const reason = 'the package does not load';
    return {
      ...state,
      package: { installed: true, problem },
      released: undefined,
      provider: undefined,
      reason,
    };
  }
}

function releaseHere(
  releases: readonly PluginRelease[],
  { platform, arch, libc }: Machine,
): PluginState['released'] {
  const release = releases.find((entry) => entry.platform === platform && entry.arch === arch);
  if (release === undefined || libc?.name === 'musl') {
    return { here: false };
  }
  const { since, until } = release;
  return { here: true, since, ...(until !== undefined && { until }) };
}

function packageVersion(packageName: string): { version?: string } {
  const url = resolveOptional(`${packageName}/package.json`);
  const content =
    url === undefined ? {} : (JSON.parse(readFileSync(fileURLToPath(url), 'utf8')) as { version?: string });
  return content.version === undefined ? {} : { version: content.version };
}
