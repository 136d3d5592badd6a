import type { ModuleTypes, Plugin, PluginCommandLineValue, ProviderName } from '@wasmedge-plugins/core';
import { knownPlugins, pluginPackages } from '@wasmedge-plugins/core/run';
import { UsageError } from '../errors.js';
import { optionName } from '../output/option-name.js';
import {
  isCalled,
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
export async function choosePlugins(wishes: PluginWishes, guest: ModuleTypes): Promise<Plugin[]> {
  const packages = await (wishes.named.length > 0 ? namedPackages(wishes.named) : importedPackages(guest));
  const forbidden = wishes.forbidden.flatMap(packageNamesFor);
  refuseContradiction(wishes.named, forbidden);
  const wanted = packages.filter(({ packageName }) => !forbidden.includes(packageName));
  requireTakers(wanted, wishes.values);
  const chosen = wishes.provider === 'native' ? withOneBackendEach(wanted, wishes.named) : wanted;
  return Promise.all(
    chosen.map(({ commandLine }) =>
      commandLine.create(ownValues(commandLine, wishes.values), { provider: wishes.provider }),
    ),
  );
}

/** Throws for a plug-in that is named and forbidden: one of the two is a mistake. */
function refuseContradiction(named: readonly string[], forbidden: readonly string[]): void {
  const both = named.find((plugin) => packageNamesFor(plugin).every((name) => forbidden.includes(name)));
  if (both === undefined) return;
  throw new UsageError(
    `--plugin ${both} names a plug-in that --forbidden-plugin forbids; omit one of the two.`,
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

async function importedPackages(guest: ModuleTypes): Promise<PluginPackage[]> {
  const modules = new Set(guest.imports.map(({ module }) => module));
  const imported = knownPlugins.filter(({ moduleNames }) => moduleNames.some((name) => modules.has(name)));
  const names = imported.flatMap(({ packageNames }) => packageNames);
  const loaded = await Promise.all(names.map(loadPluginPackage));
  return loaded.filter((entry) => entry !== undefined);
}

type CommandLine = PluginPackage['commandLine'];

/** Throws for a value of a shared option that no package takes: a model that nobody loads is not what was meant. */
function requireTakers(packages: readonly PluginPackage[], values: PluginWishes['values']): void {
  for (const [name, value] of Object.entries(values)) {
    const sharing = packages.filter(({ commandLine }) => optionOf(commandLine, name)?.takes !== undefined);
    const orphan = listOf(value).find((text) =>
      sharing.every(({ commandLine }) => !optionOf(commandLine, name)?.takes?.(text)),
    );
    if (sharing.length > 0 && orphan !== undefined) {
      const names = sharing.map(({ packageName }) => packageName).join(', ');
      throw new UsageError(
        `--${name} ${orphan} is not for any of the plug-ins that were loaded: ${names}. Correct it, or name the plug-in that takes it with --plugin, and install that if the command then says so.`,
      );
    }
  }
}

/**
 * One package for each plug-in, as the native plug-ins of several backends have one name, so that a process has only one of them. A backend that
 * WasmEdge has no native plug-in for is left out where the guest could use others, unless somebody named it.
 *
 * @throws {UsageError} where there are several still.
 */
function withOneBackendEach(
  packages: readonly PluginPackage[],
  named: readonly string[],
): readonly PluginPackage[] {
  const isNamed = (packageName: string) => named.some((text) => isCalled(packageName, text));
  const chosen = new Set(packages);
  for (const { title, packageNames } of knownPlugins) {
    const backends = packages.filter(({ packageName }) => packageNames.includes(packageName));
    if (backends.length < 2) continue;
    const native = backends.filter(({ packageName }) => hasRelease(packageName) || isNamed(packageName));
    if (native.length === 1) {
      for (const backend of backends) if (backend !== native[0]) chosen.delete(backend);
      continue;
    }
    const names = (native.length > 0 ? native : backends).map(({ packageName }) => packageName);
    const example = names.findLast(hasRelease) ?? names.at(-1);
    throw new UsageError(
      `--provider native loads one backend of ${title}, but the guest could use ${names.join(', ')}. Choose one, for example with --plugin ${example?.replace(/^@[^/]+\//, '')}.`,
    );
  }
  return [...chosen];
}

function hasRelease(packageName: string): boolean {
  return pluginPackages.some((each) => each.packageName === packageName && each.release !== undefined);
}

/** The values of a package's own options; of one that packages share, those that are for this one. */
function ownValues(commandLine: CommandLine, values: PluginWishes['values']): PluginWishes['values'] {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, PluginCommandLineValue][] => {
      const option = optionOf(commandLine, name);
      if (option === undefined) return [];
      const { takes } = option;
      return [[name, takes === undefined ? value : listOf(value).filter((text) => takes(text))]];
    }),
  );
}

function optionOf({ options }: CommandLine, name: string) {
  return options.find(({ flags }) => optionName(flags) === name);
}

function listOf(value: PluginCommandLineValue): readonly string[] {
  return typeof value === 'string' ? [value] : value === true ? [] : value;
}
