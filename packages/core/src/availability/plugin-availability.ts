import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { findPluginPackage } from '../register/find-plugin-package.js';
import type { PluginPackage } from '../register/plugin-packages.js';
import type { BackendName, PluginName } from '../register/register.js';
import { type AssetName, neededGlibc, pluginAssetName, runtimeAssetName } from './asset-names.js';
import {
  insteadOf,
  neverReleased,
  notForPlatform,
  notInVersion,
  releasedReason,
} from './availability-texts.js';
import { type Libc, type Machine, readMachine } from './machine.js';
import { isReleased, releasedPlatforms } from './releases.js';
import { compareVersions, isVersion } from './versions.js';

/** The machine that `pluginAvailability` answers for. Fields that you omit are taken from this process. */
export interface AvailabilityQuery extends Partial<Machine> {
  /** The WasmEdge that would load it, such as `0.14.1`. Default: any; no asset is named then. */
  readonly wasmedgeVersion?: string | undefined;
  /** Which backend, for a plug-in that has several, such as `openvino` of WASI-NN. Default: none, for plug-ins without backends; `wasi_nn` needs one. */
  readonly backend?: BackendName | undefined;
}

/** Whether WasmEdge released a native plug-in for a machine, and what to do if not. */
export interface PluginAvailability {
  /** The package that provides it here, with or without the release. */
  readonly plugin: PluginPackage;
  /** Whether there is a release for the machine, and for the version if one was given. */
  readonly released: boolean;
  /** Versions of WasmEdge that were released for the machine; absent when there are none. */
  readonly range?: {
    /** The first version, such as `0.13.0`. */
    readonly since: string;
    /** The last version; absent while it is still released. */
    readonly until?: string;
  };
  /** Assets that may contain it, the preferred one first. Empty without a version. */
  readonly assets: readonly AssetName[];
  /** Runtime archives that may contain it when the release has none of `assets`. */
  readonly runtimeAssets: readonly AssetName[];
  /** Why it is or is not released here, in a sentence. */
  readonly reason: string;
  /** What to use or do when it is not released here; absent when it is. */
  readonly instead?: string;
  /** A caveat although it is released; absent if there is none. Today only Rosetta is one. */
  readonly note?: string;
}

/**
 * Whether WasmEdge released a native plug-in for this machine, or another.
 *
 * @param name the WasmEdge name, such as `wasi_crypto`.
 * @throws {InvalidArgumentError} for an invalid name, backend, version or option.
 * @example pluginAvailability('wasi_nn', { backend: 'openvino', arch: 'arm64' }).reason
 */
export function pluginAvailability(name: PluginName, query: AvailabilityQuery = {}): PluginAvailability {
  checkOptionNames<AvailabilityQuery>('pluginAvailability()', query, {
    wasmedgeVersion: true,
    backend: true,
    platform: true,
    arch: true,
    libc: true,
    translated: true,
  });
  const plugin = findPluginPackage(name, query.backend);
  const version = query.wasmedgeVersion;
  if (version !== undefined && !isVersion(version)) {
    throw new InvalidArgumentError(
      `pluginAvailability(): wasmedgeVersion must be a version such as 0.14.1, not ${JSON.stringify(version)}.`,
    );
  }
  const machine = completeMachine(query);
  const no = (reason: string, range?: PluginAvailability['range']): PluginAvailability => ({
    plugin,
    released: false,
    ...(range !== undefined && { range }),
    assets: [],
    runtimeAssets: [],
    reason,
    instead: insteadOf(plugin),
  });
  if (!isReleased(plugin)) {
    return no(neverReleased(plugin));
  }
  if (machine.libc?.name === 'musl') {
    return no('WasmEdge releases no plug-in for musl, the C library of Alpine; it releases them for glibc.');
  }
  const row = releasedPlatforms(plugin.release).find(
    ({ platform, arch }) => platform === machine.platform && arch === machine.arch,
  );
  if (row === undefined) {
    return no(notForPlatform(plugin, machine));
  }
  const range = { since: row.since, ...(row.until !== undefined && { until: row.until }) };
  const wrongVersion = version === undefined ? undefined : notInVersion(plugin, row, version);
  if (wrongVersion !== undefined) {
    return no(wrongVersion, range);
  }
  const builds = row.builds.filter((build) => runsOn(machine.libc, neededGlibc(build, version ?? row.since)));
  if (builds.length === 0) {
    const needed = row.builds.map((build) => neededGlibc(build, version ?? row.since)).sort(byVersion)[0];
    return no(
      `The release is built for glibc ${needed} or later; this machine has ${machine.libc?.version}.`,
      range,
    );
  }
  return {
    plugin,
    released: true,
    range,
    assets:
      version === undefined ? [] : builds.map((build) => pluginAssetName(plugin, build, version, row.arch)),
    runtimeAssets:
      version === undefined || !plugin.release.inRuntimeArchive
        ? []
        : builds.map((build) => runtimeAssetName(build, version, row.arch)),
    reason: releasedReason(plugin, row, version),
    ...(machine.translated && { note: rosettaNote }),
  };
}

const rosettaNote =
  'This Node.js is an x64 build running under Rosetta: libwasmedge and its plug-ins must be x64 too. An arm64 Node.js would use the arm64 files.';

function completeMachine(query: AvailabilityQuery): Machine {
  const here = readMachine();
  const { platform = here.platform, arch = here.arch } = query;
  const isHere = platform === here.platform && arch === here.arch;
  const libc = 'libc' in query ? query.libc : isHere ? here.libc : undefined;
  return { platform, arch, libc, translated: query.translated ?? (isHere && here.translated) };
}

function runsOn(libc: Libc | undefined, needed: string | undefined): boolean {
  return needed === undefined || libc?.version === undefined || byVersion(libc.version, needed) >= 0;
}

/** Orders versions of glibc, which have two numbers. */
function byVersion(first = '0.0', second = '0.0'): number {
  return compareVersions(`${first}.0`, `${second}.0`);
}
