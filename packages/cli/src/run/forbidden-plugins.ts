import type { ModuleTypes } from '@wasmedge-plugins/core';
import { knownPlugins } from '@wasmedge-plugins/core/run';
import { UsageError } from '../errors.js';
import { declaredName } from '../native-file/declared-name.js';
import { packageNamesFor } from '../packages/plugin-package.js';
import type { NativePluginFlag } from './native-plugin-flag.js';

/**
 * Throws where `--forbidden-plugin` would silently do nothing: for a name that no plug-in has, and for the file of a native plug-in that
 * is forbidden, or that does not tell without being run whether it is.
 */
export function refuseForbidden(
  forbidden: readonly string[],
  named: readonly string[],
  files: readonly NativePluginFlag[],
): void {
  if (forbidden.length === 0) {
    return;
  }
  const contained = files.map(({ path }) => ({ path, name: declaredName(path) }));
  const packagesOf = (name: string | undefined) => (name === undefined ? [] : packageNamesFor(name));
  const known = [
    ...knownPlugins.flatMap(({ packageNames }) => packageNames),
    ...[...named, ...contained.map(({ name }) => name)].flatMap(packagesOf),
  ];
  const unknown = forbidden.find((name) => !packagesOf(name).some((entry) => known.includes(entry)));
  if (unknown !== undefined) {
    const names = knownPlugins.map(({ name }) => name).join(', ');
    throw new UsageError(`there is no plug-in "${unknown}" to forbid; known plug-ins: ${names}`);
  }
  const refused = forbidden.flatMap(packagesOf);
  for (const { path, name } of contained) {
    if (name === undefined) {
      throw new UsageError(
        `${path} does not say without being run whether it is forbidden; omit either it or --forbidden-plugin`,
      );
    }
    if (packagesOf(name).some((entry) => refused.includes(entry))) {
      throw new UsageError(`${path} is the plug-in ${name}, which --forbidden-plugin forbids`);
    }
  }
}

/** Throws for a guest that needs a plug-in that is forbidden, which installing it would not change. */
export function refuseGuestOfForbidden(
  forbidden: readonly string[],
  guest: string,
  { imports }: ModuleTypes,
): void {
  const refused = forbidden.flatMap(packageNamesFor);
  for (const { module } of imports) {
    const needed = knownPlugins.find(({ moduleNames }) => moduleNames.includes(module));
    if (needed?.packageNames.every((name) => refused.includes(name))) {
      throw new UsageError(
        `${guest} imports ${module} of the plug-in ${needed.name}, which --forbidden-plugin forbids; omit it, or run another guest`,
      );
    }
  }
}
