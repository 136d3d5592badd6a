import type { PluginCommandLineValue, PluginServer } from '@wasmedge-plugins/core';
import { pluginPackages } from '@wasmedge-plugins/core/run';
import { PackageMissingError } from '../errors.js';
import { loadPluginPackage } from '../packages/plugin-package.js';

/** The package whose servers can be named, for who has not installed it. */
const remotePackage = '@wasmedge-plugins/wasi-nn-kserve';

/**
 * Asks the servers that the command line names how they are.
 *
 * @throws {PackageMissingError} when no installed package can ask them.
 */
export async function examineServers(
  values: Readonly<Record<string, PluginCommandLineValue>>,
): Promise<readonly PluginServer[]> {
  if (Object.keys(values).length === 0) return [];
  const packages = await Promise.all(
    // One that is broken is told of elsewhere in the report.
    pluginPackages.map(({ packageName }) => loadPluginPackage(packageName).catch(() => undefined)),
  );
  const able = packages.flatMap((loaded) => (loaded?.commandLine.servers === undefined ? [] : [loaded]));
  if (able.length === 0) throw new PackageMissingError([remotePackage], 'for --nn-remote');
  const found = await Promise.all(able.map(({ commandLine }) => commandLine.servers?.(values) ?? []));
  return found.flat();
}
