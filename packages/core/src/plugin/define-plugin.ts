import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { copyOptions } from '../recipe/copy-options.js';
import { checkExportedAs } from '../recipe/exported-as.js';
import { withRecipe } from '../recipe/recipe.js';
import { checkOptionDefinitions, providerOptionNames } from './check-option-definitions.js';
import { commandLineOf } from './command-line-of.js';
import { nativeRequestOf } from './native-request-of.js';
import type { Plugin, PluginInstance } from './plugin.js';
import type { ChosenOptions, DefinedPlugin, PluginDefinition, ProviderOptions } from './plugin-definition.js';
import type { PluginOptionDefinitions, PluginOptionInputs, PluginOptionValues } from './plugin-option.js';
import { readOption } from './read-option.js';
import { checkNames, readCopied } from './read-options.js';

/**
 * Defines a plug-in of your own: its names, its options and its host modules. Options are checked, get their defaults, and have their
 * types in `create`.
 *
 * @throws {InvalidArgumentError} when a name or `create` is missing, there is a name that is not known, an option is called `provider` or `nativePath`, or a default has the wrong type.
 * @example
 * export const clock = definePlugin({
 *   name: 'clock',
 *   moduleNames: ['clock'],
 *   exportedAs: { module: import.meta.url, export: 'clock' },
 *   options: { offset: { type: 'number', default: 0, description: 'seconds added to the time' } },
 *   create: ({ offset }) => ({
 *     modules: [hostModule('clock', { now: hostFunction([], ['f64'], () => Date.now() / 1000 + offset) })],
 *   }),
 * });
 */
export function definePlugin<const Definitions extends PluginOptionDefinitions = Record<never, never>>(
  definition: PluginDefinition<Definitions>,
): DefinedPlugin<PluginOptionInputs<Definitions> & ProviderOptions> {
  checkDefinition(definition);
  const { name, moduleNames, exportedAs, native } = definition;
  const subject = exportedAs === undefined ? `the plug-in ${name}` : `${exportedAs.export}()`;
  const definitions: PluginOptionDefinitions = definition.options ?? {};
  const make = (options: object = {}): Plugin => {
    checkNames(subject, definitions, options, providerOptionNames);
    const given: Readonly<Record<string, unknown>> = copyOptions({ ...options });
    const values = readCopied(subject, definitions, given) as PluginOptionValues<Definitions>;
    const { provider, nativePath } = readProvider(subject, given);
    const named = Object.keys(given).filter((key) => given[key] !== undefined);
    const chosen: ChosenOptions<Definitions> = { provider, given: new Set(named) };
    const problem = definition.check?.(values, chosen);
    if (problem !== undefined) throw new InvalidArgumentError(`${subject}: ${problem}`);
    const plugin: Plugin = {
      name,
      provider,
      moduleNames,
      create: (context) => checkModules(definition, definition.create(values, context)),
      ...(native !== undefined && { native: nativeRequestOf(native, definitions, values, nativePath) }),
    };
    return exportedAs === undefined ? plugin : withRecipe(plugin, exportedAs, [given]);
  };
  return Object.assign(make, { commandLine: commandLineOf(definitions, definition.releases ?? [], make) });
}

function checkDefinition<Definitions extends PluginOptionDefinitions>(
  definition: PluginDefinition<Definitions>,
): void {
  checkOptionNames<PluginDefinition<Definitions>>('definePlugin()', definition, {
    name: true,
    moduleNames: true,
    options: true,
    exportedAs: true,
    native: true,
    releases: true,
    check: true,
    create: true,
  });
  const { name, moduleNames, options = {}, exportedAs } = definition;
  if (typeof name !== 'string' || name === '' || !Array.isArray(moduleNames) || moduleNames.length === 0) {
    throw new InvalidArgumentError(
      'definePlugin() needs a name and moduleNames: the modules that guests import.',
    );
  }
  const { create, check } = definition;
  if (typeof create !== 'function' || (check !== undefined && typeof check !== 'function')) {
    throw new InvalidArgumentError(
      `definePlugin(): ${typeof create === 'function' ? 'check' : 'create'} of the plug-in ${name} must be a function.`,
    );
  }
  if (exportedAs !== undefined) checkExportedAs('definePlugin()', exportedAs);
  checkOptionDefinitions(name, options);
}

function readProvider(subject: string, { provider, nativePath }: Readonly<Record<string, unknown>>) {
  const choices = ['embedded', 'native'] as const;
  const wanted = 'the path of a file';
  const path = { type: 'string', accepts: (text: string) => text !== '', wanted, description: '' } as const;
  return {
    provider: readOption(
      {
        subject,
        name: 'provider',
        definition: { type: 'choice', choices, default: 'embedded', description: '' },
      },
      provider,
    ) as Plugin['provider'],
    nativePath: readOption({ subject, name: 'nativePath', definition: path }, nativePath) as
      | string
      | undefined,
  };
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
