import { type KnownPlugin, knownPlugins, type PluginCommandLine } from '@wasmedge-plugins/core';
import { PackageMissingError, UsageError } from '../errors.js';
import { importOptional } from './import-optional.js';

/** An installed plug-in package, as far as this command needs it. */
export interface PluginPackage {
  readonly packageName: string;
  readonly commandLine: PluginCommandLine;
}

/** Every known plug-in package that is installed. */
export async function installedPluginPackages(): Promise<PluginPackage[]> {
  const names = knownPlugins.flatMap((plugin) => plugin.packageNames);
  const packages = await Promise.all(names.map(loadPluginPackage));
  return packages.filter((entry) => entry !== undefined);
}

/** Loads the command-line part of a package; `undefined` when the package is not installed. */
export async function loadPluginPackage(packageName: string): Promise<PluginPackage | undefined> {
  const module = await importOptional(`${packageName}/cli`);
  return module && { packageName, commandLine: module.commandLine as PluginCommandLine };
}

/** Package names for what a person calls a plug-in: its WasmEdge name, our short name or a package name. */
export function packageNamesFor(plugin: string): readonly string[] {
  const known = findKnown(plugin);
  if (known !== undefined) {
    return known.packageNames;
  }
  const packageNames = knownPlugins.flatMap((entry) => entry.packageNames);
  const named = packageNames.find((name) => name === plugin || shortName(name) === plugin);
  return [named ?? plugin];
}

/** @throws {PackageMissingError} when none of the packages is installed. */
export function requireInstalled<Entry>(
  entries: readonly (Entry | undefined)[],
  packageNames: readonly string[],
  needed: string,
): Entry[] {
  const installed = entries.filter((entry) => entry !== undefined);
  if (installed.length > 0) {
    return installed as Entry[];
  }
  const known = knownPlugins.flatMap((plugin) => plugin.packageNames);
  if (packageNames.every((name) => !known.includes(name))) {
    const names = knownPlugins.map(({ name }) => name).join(', ');
    throw new UsageError(
      `there is no plug-in "${packageNames[0]}", and no package of that name is installed; known plug-ins: ${names}`,
    );
  }
  throw new PackageMissingError(packageNames, needed);
}

function findKnown(plugin: string): KnownPlugin | undefined {
  return knownPlugins.find(({ name }) => name === plugin);
}

function shortName(packageName: string): string {
  return packageName.slice(packageName.indexOf('/') + 1);
}
