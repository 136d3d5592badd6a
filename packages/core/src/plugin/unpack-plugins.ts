import { CannotCrossError } from '../errors/placement-errors.js';
import type { HostModule } from '../host-module/host-module.js';
import { importElsewhere } from '../recipe/import-elsewhere.js';
import type { MakeFunction } from '../recipe/kept-function.js';
import type { PackedRecipe } from '../recipe/packed-recipe.js';
import type { PackedValue } from '../recipe/packed-value.js';
import { unpackValue, unpackWith } from '../recipe/unpack-value.js';
import type { PackedPlugins, PluginSet } from './pack-plugins.js';
import type { Plugin } from './plugin.js';

type Unpack = (value: PackedValue) => unknown;

/** How long a module and its export may take to make something. */
const maxMakingMs = 60_000;

/**
 * Recreates plug-ins and host modules from the result of `packPlugins` in another thread or process: imports their modules, and calls what these export.
 * Accept it only from your own program.
 *
 * @throws {CannotCrossError} when a module cannot be imported, does not export what makes the plug-in, or has not made it after a minute.
 */
export async function unpackPlugins(packed: PackedPlugins): Promise<Required<PluginSet>> {
  return unpackAll(packed, unpackValue);
}

/** {@link unpackPlugins} for data that may refer to functions that stayed where it was packed. */
export async function unpackPluginsWith(
  packed: PackedPlugins,
  makeFunction: MakeFunction,
  maxMs?: number,
): Promise<Required<PluginSet>> {
  return unpackAll(packed, (value) => unpackWith(value, makeFunction), maxMs);
}

async function unpackAll(
  packed: PackedPlugins,
  unpack: Unpack,
  maxMs = maxMakingMs,
): Promise<Required<PluginSet>> {
  const makeAll = (recipes: readonly PackedRecipe[]) =>
    Promise.all(recipes.map((recipe) => inTime(recipe, make(recipe, unpack), maxMs)));
  return {
    plugins: (await makeAll(packed.plugins)) as readonly Plugin[],
    hostModules: (await makeAll(packed.hostModules)) as readonly HostModule[],
  };
}

/** Something that is not made in time may never be, as when a promise never settles. */
async function inTime(
  { name, module, export: exportName }: PackedRecipe,
  making: Promise<unknown>,
  maxMs: number,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The export ${exportName} of ${module} has not created ${name} within ${maxMs / 1000} s; look for a promise that does not settle there, or do slow work beforehand.`;
    timer = setTimeout(() => reject(new CannotCrossError(message)), maxMs);
  });
  return Promise.race([making, late]).finally(() => clearTimeout(timer));
}

async function make(recipe: PackedRecipe, unpack: Unpack): Promise<unknown> {
  const exported = await load(recipe);
  const made: unknown =
    typeof exported === 'function'
      ? await exported(...recipe.arguments.map((value) => unpack(value)))
      : exported;
  if ((made as { readonly name?: unknown } | null | undefined)?.name !== recipe.name) {
    throw new CannotCrossError(
      `The export ${recipe.export} of ${recipe.module} does not create ${recipe.name}; correct exportedAs where it is defined.`,
    );
  }
  return made;
}

async function load({ name, module, export: exportName }: PackedRecipe): Promise<unknown> {
  const namespace = await importElsewhere(module, `which creates ${name}`);
  return namespace[exportName];
}
