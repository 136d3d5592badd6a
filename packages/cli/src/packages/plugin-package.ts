import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { type KnownPlugin, knownPlugins, pluginPackages } from '@wasmedge-plugins/core/run';
import { PackageMissingError, UsageError } from '../errors.js';
import { importOptional, resolveOptional } from './import-optional.js';

/** An installed plug-in package, as far as this command needs it. */
export interface PluginPackage {
  readonly packageName: string;
  readonly commandLine: PluginCommandLine;
}

/** Whether a package is installed, without loading it. */
export function isInstalled(packageName: string): boolean {
  return resolveOptional(`${packageName}/cli`) !== undefined;
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
  const named = pluginPackages.find(({ packageName }) => isCalled(packageName, plugin));
  return [named?.packageName ?? plugin];
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
  if (!pluginPackages.some(({ packageName }) => packageNames.includes(packageName))) {
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

/** Whether a person calls a package so: by its name, with or without the scope. */
export function isCalled(packageName: string, text: string): boolean {
  return packageName === text || packageName.slice(packageName.indexOf('/') + 1) === text;
}
