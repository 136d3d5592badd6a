import {
  knownPlugins,
  type ModuleTypes,
  type Plugin,
  type PluginCommandLineValue,
  type ProviderName,
} from '@wasmedge-plugins/core';
import { Option } from 'commander';
import {
  loadPluginPackage,
  type PluginPackage,
  packageNamesFor,
  requireInstalled,
} from '../packages/plugin-package.js';

/** What the command line says about plug-ins. */
export interface PluginWishes {
  /** Given with `--plugin`; the plug-ins that the guest imports when there are none. */
  readonly named: readonly string[];
  /** Given with `--forbidden-plugin`. */
  readonly forbidden: readonly string[];
  readonly provider: ProviderName;
  /** Options of plug-ins, by their long name without the dashes. */
  readonly values: Readonly<Record<string, PluginCommandLineValue>>;
}

/** Makes the plug-ins that are named, or else those that are installed and that the guest imports. */
export async function choosePlugins(
  wishes: PluginWishes,
  guest: ModuleTypes,
  installed: readonly PluginPackage[],
): Promise<Plugin[]> {
  const packages =
    wishes.named.length > 0 ? await namedPackages(wishes.named) : importedPackages(guest, installed);
  const forbidden = wishes.forbidden.flatMap(packageNamesFor);
  const wanted = packages.filter(({ packageName }) => !forbidden.includes(packageName));
  return Promise.all(
    wanted.map(({ commandLine }) =>
      commandLine.create(ownValues(commandLine, wishes.values), { provider: wishes.provider }),
    ),
  );
}

async function namedPackages(named: readonly string[]): Promise<PluginPackage[]> {
  const packages: PluginPackage[] = [];
  for (const plugin of named) {
    const names = packageNamesFor(plugin);
    const loaded = await Promise.all(names.map(loadPluginPackage));
    packages.push(...requireInstalled(loaded, names, `for the plug-in ${plugin}`));
  }
  return packages.filter(
    ({ packageName }, index) => packages.findIndex((other) => other.packageName === packageName) === index,
  );
}

function importedPackages(guest: ModuleTypes, installed: readonly PluginPackage[]): PluginPackage[] {
  const modules = new Set(guest.imports.map(({ module }) => module));
  const imported = knownPlugins.filter(({ moduleNames }) => moduleNames.some((name) => modules.has(name)));
  const names = imported.flatMap(({ packageNames }) => packageNames);
  return installed.filter(({ packageName }) => names.includes(packageName));
}

function ownValues(
  { options }: PluginPackage['commandLine'],
  values: PluginWishes['values'],
): PluginWishes['values'] {
  const own = options.map(({ flags }) => new Option(flags).name());
  return Object.fromEntries(Object.entries(values).filter(([name]) => own.includes(name)));
}
