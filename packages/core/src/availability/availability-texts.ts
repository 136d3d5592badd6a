import type { PluginPackage } from '../register/plugin-packages.js';
import type { Machine } from './machine.js';
import type { ReleasedPlatform, ReleasedPlugin } from './released-plugin.js';
import { newestKnownVersion, releasedPlatforms } from './releases.js';
import { compareVersions } from './versions.js';

/** Why there is no release for any machine. */
export function neverReleased(plugin: PluginPackage): string {
  return `WasmEdge releases no native plug-in ${titleOf(plugin)} that ${plugin.packageName} supports.`;
}

/** Why there is no release for a machine. */
export function notForPlatform(plugin: ReleasedPlugin, { platform, arch }: Machine): string {
  const title = titleOf(plugin);
  const where = [
    ...new Set(releasedPlatforms(plugin.release).map((row) => describePlatform(row.platform, row.arch))),
  ];
  return platform === 'win32'
    ? `WasmEdge releases no plug-in for Windows; ${title} is released for ${list(where)}.`
    : `WasmEdge releases ${title} for ${list(where)} only, not for ${describePlatform(platform, arch)}.`;
}

/** Why a version does not have a plug-in; `undefined` when it does. */
export function notInVersion(
  plugin: ReleasedPlugin,
  row: ReleasedPlatform,
  version: string,
): string | undefined {
  const title = titleOf(plugin);
  if (compareVersions(version, row.since) < 0) {
    return `${title} came to ${describePlatform(row.platform, row.arch)} with WasmEdge ${row.since}; ${version} is older.`;
  }
  if (row.until !== undefined && compareVersions(version, row.until) > 0) {
    const source = plugin.release.removedBy === undefined ? '' : ` (${plugin.release.removedBy})`;
    return `${title} was removed from WasmEdge after ${row.until}${source}; ${version} does not have it.`;
  }
  return undefined;
}

/** Since when, and until when, there are releases. */
export function releasedReason(
  plugin: ReleasedPlugin,
  row: ReleasedPlatform,
  version: string | undefined,
): string {
  const range = `WasmEdge ${row.since} to ${row.until ?? 'now'}`;
  const text = `${titleOf(plugin)} is released for ${describePlatform(row.platform, row.arch)}, ${range}.`;
  return version !== undefined && compareVersions(version, newestKnownVersion) > 0
    ? `${text} It is not known whether ${version} still has it.`
    : text;
}

/** What to do without a release. */
export function insteadOf({ packageName, release }: PluginPackage): string {
  const embedded = `Use provider: 'embedded' of ${packageName}, which needs no native plug-in`;
  return release === undefined
    ? `${embedded}.`
    : `${embedded}; or build the plug-in from WasmEdge's sources: cmake ${release.buildFlags.join(' ')}.`;
}

function titleOf({ name, backend }: PluginPackage): string {
  return backend === undefined ? name : `${name} (${backend})`;
}

function describePlatform(platform: string, arch: string): string {
  const names: Record<string, string> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
  return `${names[platform] ?? platform} ${arch}`;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
