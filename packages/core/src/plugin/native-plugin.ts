import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { isTable } from '../options/is-table.js';
import { isSha256 } from '../plugin-trust/is-sha256.js';
import { copyOptions } from '../recipe/copy-options.js';
import { withRecipe } from '../recipe/recipe.js';
import { knownPlugins } from '../register/known-plugins.js';
import { describeValue } from '../values/check-arguments.js';
import type { NativeOptionValue, Plugin } from './plugin.js';

/** Values of a native plug-in's options, by the plug-in's own names for them. */
export type NativeOptionValues = Readonly<Record<string, NativeOptionValue | undefined>>;

/** Options of {@link nativePlugin}. Either `path` or `name` must be given. */
export interface NativePluginOptions<Options extends NativeOptionValues = NativeOptionValues> {
  /** Its file. Default: the file in the usual places that contains the plug-in `name`. */
  readonly path?: string | undefined;
  /** Its WasmEdge name, for example `wasi_logging`; a file that contains another one is an error. Default: whatever the file contains. */
  readonly name?: string | undefined;
  /**
   * Values of its options: a boolean for a toggle, numbers (bigint for 64 bits) within the option's type, a string, or a list of strings,
   * which is joined by commas. They belong to the process: a later runtime that sets one sets it for all. Default: the plug-in's own
   * defaults.
   */
  readonly options?: Options | undefined;
  /** SHA-256 of the file in hexadecimal, or a list of them; a file with another one is not loaded. Default: what `nativePlugins` demands. */
  readonly sha256?: string | readonly string[] | undefined;
}

/**
 * Any native plug-in, even one without a package here. It runs in this process with all of the process's rights.
 *
 * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type. `createRuntime` reports problems with the file.
 * @example createRuntime({ plugins: [nativePlugin({ path: './libmyPlugin.so', options: { greeting: 'hi' } })] })
 */
export function nativePlugin<Options extends NativeOptionValues = NativeOptionValues>(
  options: NativePluginOptions<Options>,
): Plugin {
  check(options);
  const given = copyOptions(options, 'nativePlugin()');
  const { path, name, sha256 } = given;
  const known = knownPlugins.find((entry) => entry.name === name);
  const values = Object.entries(given.options ?? {}).filter(([, value]) => value !== undefined);
  const plugin: Plugin = {
    // The name is in the file; until it is loaded, its path stands for it.
    name: name ?? (path as string),
    provider: 'native',
    moduleNames: known?.moduleNames ?? [],
    create: () => {
      throw new InvalidArgumentError(`nativePlugin() has no embedded provider.`);
    },
    native: {
      path,
      fileName: known?.fileName,
      anyName: name === undefined,
      sha256,
      options: Object.fromEntries(values) as Record<string, NativeOptionValue>,
    },
  };
  const core = { package: '@wasmedge-plugins/core', from: import.meta.url, export: 'nativePlugin' };
  return withRecipe(plugin, core, [given]);
}

function check(options: NativePluginOptions): void {
  checkOptionNames<NativePluginOptions>('nativePlugin()', options, {
    path: true,
    name: true,
    options: true,
    sha256: true,
  });
  const { path, name, sha256 } = options;
  for (const [key, value] of Object.entries({ path, name })) {
    if (value !== undefined && (typeof value !== 'string' || value === '')) {
      throw new InvalidArgumentError(`nativePlugin(): ${key} must be a string, not ${describeValue(value)}.`);
    }
  }
  if (path === undefined && name === undefined) {
    throw new InvalidArgumentError(
      'nativePlugin() needs the path of a file, or the name of a plug-in to look for.',
    );
  }
  if (options.options !== undefined && !isTable(options.options)) {
    throw new InvalidArgumentError(
      `nativePlugin(): options must be an object of values by name, not ${describeValue(options.options)}.`,
    );
  }
  if (sha256 !== undefined && ![sha256].flat().every(isSha256)) {
    throw new InvalidArgumentError(
      'nativePlugin(): sha256 must be a SHA-256 hash in hexadecimal, or a list of them.',
    );
  }
}
