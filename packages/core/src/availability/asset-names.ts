import type { AssetBuild } from '../register/register-entry.js';
import type { ReleasedPlugin } from './released-plugin.js';
import { compareVersions } from './versions.js';

/** A release asset that may contain the plug-in. */
export interface AssetName {
  /** The system that it is built for. */
  readonly build: AssetBuild;
  /** The name, with `*` for a part that differs from release to release. */
  readonly name: string;
  /** Matches the names it can have in a release. */
  readonly pattern: RegExp;
}

/** The asset of a plug-in alone. */
export function pluginAssetName(
  { release }: ReleasedPlugin,
  build: AssetBuild,
  version: string,
  arch: 'x64' | 'arm64',
): AssetName {
  return assetName(`WasmEdge-plugin-${release.asset}-${version}`, build, version, arch);
}

/** The archive of the runtime, which had plug-ins in it before they had assets of their own. */
export function runtimeAssetName(build: AssetBuild, version: string, arch: 'x64' | 'arm64'): AssetName {
  return assetName(`WasmEdge-${version}`, build, version, arch);
}

/** The glibc that a build needs at least. */
export function neededGlibc(build: AssetBuild, version: string): string | undefined {
  switch (build) {
    case 'manylinux':
      return isManylinux228(version) ? '2.28' : '2.17';
    case 'ubuntu20.04':
      return '2.31';
    default:
      return undefined;
  }
}

function assetName(start: string, build: AssetBuild, version: string, arch: 'x64' | 'arm64'): AssetName {
  const escaped = start.replace(/[.+]/g, '\\$&');
  if (build === 'darwin') {
    // The number is the major version of the Darwin that it was built on, and some releases have none.
    const machine = arch === 'x64' ? 'x86_64' : 'arm64';
    return {
      build,
      name: `${start}-darwin_*-${machine}.tar.gz`,
      pattern: new RegExp(`^${escaped}-darwin_(\\d+[-_])?${machine}\\.tar\\.gz$`),
    };
  }
  const machine = arch === 'x64' ? 'x86_64' : 'aarch64';
  const system =
    build === 'ubuntu20.04' ? build : isManylinux228(version) ? 'manylinux_2_28' : 'manylinux2014';
  const name = `${start}-${system}_${machine}.tar.gz`;
  return {
    build,
    name,
    pattern: new RegExp(`^${escaped}-${system.replace('.', '\\.')}_${machine}\\.tar\\.gz$`),
  };
}

function isManylinux228(version: string): boolean {
  return compareVersions(version, '0.15.0') >= 0;
}
