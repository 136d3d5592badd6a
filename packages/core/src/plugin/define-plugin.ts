import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { isTable } from '../options/is-table.js';
import { checkOptionDefinitions, checkOptionValues } from './check-option-values.js';
import { commandLineOf } from './command-line-of.js';
import type { Plugin, PluginInstance, ProviderName } from './plugin.js';
import type { PluginCommandLine } from './plugin-command-line.js';
import type { PluginContext } from './plugin-context.js';
import {
  kebabCase,
  type PluginOptionDefinitions,
  type PluginOptionInputs,
  type PluginOptionValues,
} from './plugin-option.js';
import type { PluginRelease } from './plugin-release.js';

/** What {@link definePlugin} is told. */
export interface PluginDefinition<Definitions extends PluginOptionDefinitions> {
  /** The plug-in's WasmEdge name. */
  readonly name: string;
  /** Names of the wasm modules that guests import from it; `create` must make exactly these. */
  readonly moduleNames: readonly string[];
  /** The options it takes; `provider` and `nativePath` are there already. Default: none. */
  readonly options?: Definitions;
  /** File name of the native plug-in without platform prefix and suffix, when there is one. Default: there is none. */
  readonly nativeFileName?: string;
  /** Where the native plug-in is released, for `wasmedge-plugins doctor`. Default: nowhere. */
  readonly releases?: readonly PluginRelease[];
  /** Makes state and host modules for one runtime. State belongs to the runtime: make it in here. */
  create(options: PluginOptionValues<Definitions>, context: PluginContext): PluginInstance;
}

/** What every defined plug-in takes besides its own options. */
export interface ProviderOptions {
  /** Where the functions come from. Default: `embedded`. */
  readonly provider?: ProviderName | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

/** A plug-in that {@link definePlugin} made: called with options, it gives what goes into `createRuntime({ plugins })`. */
export interface DefinedPlugin<Definitions extends PluginOptionDefinitions> {
  /** @throws {InvalidArgumentError} for an unknown option or a value of the wrong type. */
  (options?: PluginOptionInputs<Definitions> & ProviderOptions): Plugin;
  /** What its package exports as `commandLine` from the subpath `/cli`. */
  readonly commandLine: PluginCommandLine;
}

/**
 * Defines a plug-in of your own: its names, its options and its host modules. Options are checked, get their defaults, and have their
 * types in `create`.
 *
 * @throws {InvalidArgumentError} when a name is missing, there is a name that is not known, an option is called `provider` or `nativePath`, or a default has the wrong type.
 * @example
 * const clock = definePlugin({
 *   name: 'clock',
 *   moduleNames: ['clock'],
 *   options: { offset: { type: 'number', default: 0, description: 'seconds added to the time' } },
 *   create: ({ offset }) => ({
 *     modules: [hostModule('clock', { now: hostFunction([], ['f64'], () => Date.now() / 1000 + offset) })],
 *   }),
 * });
 */
export function definePlugin<const Definitions extends PluginOptionDefinitions = Record<never, never>>(
  definition: PluginDefinition<Definitions>,
): DefinedPlugin<Definitions> {
  checkOptionNames<PluginDefinition<Definitions>>('definePlugin()', definition, {
    name: true,
    moduleNames: true,
    options: true,
    nativeFileName: true,
    releases: true,
    create: true,
  });
  const { name, moduleNames } = definition;
  const definitions: PluginOptionDefinitions = definition.options ?? {};
  if (typeof name !== 'string' || name === '' || !Array.isArray(moduleNames) || moduleNames.length === 0) {
    throw new InvalidArgumentError(
      'definePlugin() needs a name and moduleNames: the modules that guests import.',
    );
  }
  if (!isTable(definitions)) {
    throw new InvalidArgumentError(
      `The option options of definePlugin() must be an object of definitions by name.`,
    );
  }
  checkOptionDefinitions(name, definitions);
  const make = (options: PluginOptionInputs<Definitions> & ProviderOptions = {}): Plugin => {
    const { provider, nativePath, values } = checkOptionValues(name, definitions, options);
    const nativeOptions = Object.entries(values).map(([key, value]) => [kebabCase(key), value]);
    return {
      name,
      provider,
      moduleNames,
      create: (context) =>
        checkModules(definition, definition.create(values as PluginOptionValues<Definitions>, context)),
      ...(definition.nativeFileName !== undefined && {
        native: {
          fileName: definition.nativeFileName,
          path: nativePath,
          options: Object.fromEntries(nativeOptions),
        },
      }),
    };
  };
  return Object.assign(make, { commandLine: commandLineOf(definitions, definition.releases ?? [], make) });
}

function checkModules(
  { name, moduleNames }: { readonly name: string; readonly moduleNames: readonly string[] },
  instance: PluginInstance,
): PluginInstance {
  const made = instance.modules.map((module) => module.name);
  const wrong = [...made, ...moduleNames].find(
    (entry) => !made.includes(entry) || !moduleNames.includes(entry),
  );
  if (wrong !== undefined) {
    throw new InvalidArgumentError(
      `The plug-in ${name} made the modules ${made.join(', ') || '(none)'} and declares ${moduleNames.join(', ')}; moduleNames and create() must name the same.`,
    );
  }
  return instance;
}
