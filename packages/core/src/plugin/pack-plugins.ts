import { CannotCrossError } from '../errors/placement-errors.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { HostModule } from '../host-module/host-module.js';
import { checkOptionNames } from '../options/check-option-names.js';
import type { KeepFunction } from '../recipe/kept-function.js';
import { locateExport } from '../recipe/locate-export.js';
import { packValue } from '../recipe/pack-value.js';
import type { PackedRecipe } from '../recipe/packed-recipe.js';
import type { Recipe } from '../recipe/recipe.js';
import { describeValue } from '../values/check-arguments.js';
import type { Plugin } from './plugin.js';

/** Plug-ins and host modules, as `createRuntime` takes them. */
export interface PluginSet {
  /** Plug-ins. Default: none. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Host modules. Default: none. */
  readonly hostModules?: readonly HostModule[] | undefined;
}

/** The result of {@link packPlugins}: plain data that structured cloning can copy. It may hold secrets, as plug-in options do. */
export interface PackedPlugins {
  /** How each plug-in is recreated, in order. */
  readonly plugins: readonly PackedRecipe[];
  /** How each host module is recreated, in order. */
  readonly hostModules: readonly PackedRecipe[];
}

/**
 * The form of plug-ins and host modules that crosses threads (`postMessage`) and processes (IPC with `serialization: 'advanced'`);
 * {@link unpackPlugins} recreates them there.
 *
 * @throws {InvalidArgumentError} for a list that is not an array, an entry that is not an object, or an unknown property.
 * @throws {CannotCrossError} naming the option that cannot cross, or the plug-in or host module that does not say where it is exported, or whose module does not exist.
 * @example
 * worker.postMessage(packPlugins({ plugins: [processPlugin({ allowCommands: ['git'] })] }));
 */
export function packPlugins(set: PluginSet): PackedPlugins {
  return packPluginsKeeping(set, undefined);
}

/** {@link packPlugins}, with functions among the options of plug-ins that stay here; `unpackPluginsWith` makes what stands for them. */
export function packPluginsKeeping(set: PluginSet, keep: KeepFunction | undefined): PackedPlugins {
  checkOptionNames<PluginSet>('packPlugins()', set, { plugins: true, hostModules: true });
  const { plugins = [], hostModules = [] } = set;
  checkList('plugins', plugins);
  checkList('hostModules', hostModules);
  return {
    plugins: plugins.map((plugin) =>
      packRecipe(plugin, `The plug-in ${plugin.name}`, 'definePlugin() and exportedAs', keep),
    ),
    hostModules: hostModules.map((module) =>
      packRecipe(module, `The host module ${module.name}`, 'hostModule() and exportedAs', keep),
    ),
  };
}

function checkList(name: keyof PluginSet, list: unknown): void {
  const wrong = Array.isArray(list)
    ? list.findIndex((entry) => typeof entry !== 'object' || entry === null)
    : undefined;
  if (wrong === -1) return;
  const found =
    wrong === undefined
      ? `is ${describeValue(list)}`
      : `its entry ${wrong} is ${describeValue((list as unknown[])[wrong])}`;
  throw new InvalidArgumentError(
    `The option ${name} of packPlugins() must be an array as for createRuntime(), but ${found}.`,
  );
}

function packRecipe(
  { name, recipe }: { readonly name: string; readonly recipe?: Recipe | undefined },
  what: string,
  how: string,
  keep: KeepFunction | undefined,
): PackedRecipe {
  if (recipe === undefined) {
    throw new CannotCrossError(
      `${what} cannot be created again in another thread or process: it does not say which module exports it. Create it with ${how}: { module: import.meta.url, export: 'its name' }; a modified copy needs its own.`,
    );
  }
  const subject = `${recipe.exportedAs.export}()`;
  return {
    name,
    module: locateExport(recipe.exportedAs, what),
    export: recipe.exportedAs.export,
    arguments: recipe.arguments.map((value, index) =>
      packValue(value, { subject, path: index === 0 ? '' : `argument ${index + 1}` }, keep),
    ),
  };
}
