import { homedir } from 'node:os';
import { join } from 'node:path';
import { pluginAvailability, pluginFileName, type ReleasedPlugin } from '@wasmedge-plugins/core';
import { ArchiveError, NotReleasedError } from '../errors.js';
import { checkPlugin } from './check-plugin.js';
import { chooseAsset } from './choose-asset.js';
import { download } from './download.js';
import { HttpClient } from './http-get.js';
import { downloadFolder, PartialFile } from './partial-file.js';
import { placeFile, preparePlace } from './place-file.js';
import { Progress } from './progress.js';
import { readPublishedSums } from './published-sums.js';
import { releaseFile } from './release-server.js';
import { unpackPlugin } from './unpack-plugin.js';

/** What to install, from where, and where to. */
export interface InstallOrder {
  readonly plugin: ReleasedPlugin;
  readonly version: string;
  /** For another machine than this one. */
  readonly platform?: { readonly platform: NodeJS.Platform; readonly arch: NodeJS.Architecture } | undefined;
  readonly server: URL;
  readonly folder: string;
  /** Whether another file may be replaced. */
  readonly force: boolean;
  /** How long the server may be silent, in milliseconds. */
  readonly timeoutMs: number;
}

/** What was installed. */
export interface Installed {
  readonly plugin: string;
  readonly version: string;
  readonly asset: string;
  readonly url: string;
  /** Of the asset, as it was published and checked. */
  readonly sha256: string;
  readonly path: string;
  readonly outcome: 'placed' | 'replaced' | 'unchanged';
  /** How many bytes an earlier, interrupted run had already downloaded. */
  readonly resumedAt: number;
}

/** Where plug-ins of a user lie: WasmEdge's installer puts them there too, and they are found there. */
export function userPluginFolder(): string {
  return join(homedir(), '.wasmedge', 'plugin');
}

/**
 * Gets a native plug-in from WasmEdge's releases and puts it into the plug-in folder. Nothing is unpacked before its sum was checked, and
 * nothing is in its place before all was.
 *
 * @throws {NotReleasedError} when WasmEdge released no such plug-in.
 * @throws {ReleaseAssetError} @throws {DownloadError} @throws {ChecksumError} @throws {ArchiveError} @throws {InstallTargetError}
 */
export async function installPlugin(order: InstallOrder): Promise<Installed> {
  const { plugin, version, server, timeoutMs } = order;
  const available = pluginAvailability(plugin.name, {
    backend: plugin.backend,
    wasmedgeVersion: version,
    ...order.platform,
  });
  if (!available.released) {
    throw new NotReleasedError(`${available.reason} ${available.instead}`);
  }
  await using client = new HttpClient(timeoutMs);
  const sums = await readPublishedSums(client, server, version, timeoutMs);
  const asset = chooseAsset(available, plugin.release.asset, sums, version);
  const url = releaseFile(server, version, asset.name);
  const partial = new PartialFile(downloadFolder(), asset.sha256);
  try {
    const progress = new Progress(asset.name);
    if (available.note !== undefined) {
      progress.note(available.note);
    }
    const { sha256 } = asset;
    const resumedAt = await download({ client, url, sha256, partial, progress, timeoutMs });
    const machine = order.platform ?? { platform: process.platform, arch: process.arch };
    const fileName = pluginFileName(plugin.fileName, machine.platform);
    const place = await preparePlace(order.folder, fileName);
    await unpackPlugin(partial.path, asset.name, fileName, place.temporary);
    const outcome = await placeFile(place, order.force, (file) =>
      checkPlugin(file, asset.name, { ...machine, name: plugin.name, version }),
    );
    partial.discard();
    return {
      plugin: plugin.release.asset,
      version,
      asset: asset.name,
      url: url.href,
      sha256,
      path: place.path,
      outcome,
      resumedAt,
    };
  } catch (error) {
    if (ArchiveError.isInstance(error)) {
      partial.discard();
    }
    throw error;
  } finally {
    partial.release();
  }
}
