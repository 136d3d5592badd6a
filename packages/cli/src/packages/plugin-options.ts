import type { PluginCommandLineOption } from '@wasmedge-plugins/core';
import { pluginPackages } from '@wasmedge-plugins/core/run';
import { isInstalled, loadPluginPackage } from './plugin-package.js';

/** An option of a plug-in package, as far as a command line is read. */
export type PluginOption = Pick<PluginCommandLineOption, 'flags' | 'description' | 'repeatable'>;

/** Options by package, which `tsup.config.ts` puts here: a package need not be loaded to read a command line. */
declare const optionsWhenBuilt: Readonly<Record<string, readonly PluginOption[]>> | undefined;

/**
 * The options of all packages, which are known where the command was built for the packages that core knows; else none, and each is
 * asked.
 */
export const knownOptions: Readonly<Record<string, readonly PluginOption[]>> =
  typeof optionsWhenBuilt !== 'undefined' &&
  pluginPackages.every(({ packageName }) => Object.hasOwn(optionsWhenBuilt, packageName))
    ? optionsWhenBuilt
    : {};

/** An installed package and its options. */
export interface OptionsOfPackage {
  readonly packageName: string;
  readonly options: readonly PluginOption[];
}

/** The options of all packages that are installed. One that is not known is asked. */
export async function installedOptions(): Promise<readonly OptionsOfPackage[]> {
  const found = pluginPackages.map(async ({ packageName }) => {
    const known = knownOptions[packageName];
    const options =
      known === undefined
        ? (await loadPluginPackage(packageName))?.commandLine.options
        : isInstalled(packageName)
          ? known
          : undefined;
    return options && { packageName, options };
  });
  return (await Promise.all(found)).filter((entry) => entry !== undefined);
}
