import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { copyOptions } from '../recipe/copy-options.js';
import { checkExportedAs } from '../recipe/exported-as.js';
import { withRecipe } from '../recipe/recipe.js';
import { checkOptionDefinitions, providerOptionNames } from './check-option-definitions.js';
import { commandLineOf } from './command-line-of.js';
import { nativeRequestOf } from './native-request-of.js';
import { combinePlugins, type Plugin, type PluginInstance, type ProviderName } from './plugin.js';
import type {
  ChosenOptions,
  DefinedPlugin,
  PluginDefinition,
  ProviderChoice,
  ProviderOptions,
} from './plugin-definition.js';
import type { PluginOptionDefinitions, PluginOptionInputs, PluginOptionValues } from './plugin-option.js';
import { checkNames, readCopied } from './read-options.js';

/**
 * Defines a plug-in of your own: its names, its options and its host modules. Options are checked and completed with their defaults,
 * and are typed in `create`.
 *
 * @throws {InvalidArgumentError} when a name or `create` is missing, a property is unknown, an option is called `provider` or `nativePath`, or a default has the wrong type.
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
export function definePlugin<
  const Definitions extends PluginOptionDefinitions = Record<never, never>,
  Members extends object = NonNullable<unknown>,
  Choice extends ProviderChoice = never,
>(
  definition: PluginDefinition<Definitions, Members, Choice>,
): DefinedPlugin<
  PluginOptionInputs<Definitions> &
    ProviderOptions<[Choice] extends [never] ? ProviderName : ProviderName | 'auto'>,
  Plugin & Members
> {
  checkDefinition(definition);
  const { name, moduleNames, exportedAs, native, chooseProvider, combine } = definition;
  const subject = exportedAs === undefined ? `the plug-in ${name}` : `${exportedAs.export}()`;
  const definitions: PluginOptionDefinitions = definition.options ?? {};
  const make = (options: object = {}): Plugin & Members => {
    checkNames(subject, definitions, options, providerOptionNames);
    const given: Readonly<Record<string, unknown>> = copyOptions({ ...options }, subject);
    const values = readCopied(subject, definitions, given) as PluginOptionValues<Definitions>;
    const { provider, reason, nativePath } = readProvider(
      subject,
      given,
      chooseProvider?.bind(definition, values),
    );
    const named = Object.keys(given).filter((key) => given[key] !== undefined);
    const chosen: ChosenOptions<Definitions> = { subject, provider, nativePath, given: new Set(named) };
    const problem = definition.check?.(values, chosen);
    if (problem !== undefined) throw new InvalidArgumentError(`${subject}: ${problem}`);
    const plugin: Plugin = {
      name,
      provider,
      ...(reason !== undefined && { reason }),
      moduleNames,
      create: (context) => checkModules(definition, definition.create(values, context)),
      ...(native !== undefined &&
        provider === 'native' && { native: nativeRequestOf(native, definitions, values, nativePath) }),
      ...(combine !== undefined && {
        [combinePlugins]: (plugins: readonly Plugin[]) => combined(definition, combine(plugins)),
      }),
    };
    const made = Object.assign(plugin, definition.members?.(values, chosen) as Members);
    return exportedAs === undefined ? made : withRecipe(made, exportedAs, [given]);
  };
  // For the message to one who forgets to call it.
  Object.defineProperty(make, 'name', { value: exportedAs?.export ?? '' });
  return Object.assign(make, { commandLine: commandLineOf(definitions, definition, make) });
}

/** The one plug-in that several of the same name become in a runtime. */
function combined(
  { name, moduleNames }: Pick<Plugin, 'name' | 'moduleNames'>,
  create: Plugin['create'],
): Plugin {
  return {
    name,
    provider: 'embedded',
    moduleNames,
    create: (context) => checkModules({ name, moduleNames }, create(context)),
  };
}

function checkDefinition(
  definition: Pick<
    PluginDefinition<PluginOptionDefinitions>,
    'name' | 'moduleNames' | 'options' | 'exportedAs' | 'create' | 'check'
  >,
): void {
  checkOptionNames<PluginDefinition<PluginOptionDefinitions>>('definePlugin()', definition, {
    name: true,
    moduleNames: true,
    options: true,
    exportedAs: true,
    native: true,
    releases: true,
    libraries: true,
    chooseProvider: true,
    check: true,
    create: true,
    members: true,
    combine: true,
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

/** What the caller says of the provider, or for `auto` the plug-in. */
function readProvider(
  subject: string,
  given: Readonly<Record<string, unknown>>,
  choose: ((nativePath: string | undefined) => ProviderChoice) | undefined,
): Omit<ProviderChoice, 'reason'> & { readonly reason?: string } {
  const choices = ['embedded', 'native', ...(choose === undefined ? [] : ['auto'])];
  const wanted = 'the path of a file';
  const accepts = (text: string) => text !== '';
  const { provider, nativePath } = readCopied(
    subject,
    {
      provider: { type: 'choice', choices, default: 'embedded', description: '' },
      nativePath: { type: 'string', accepts, wanted, description: '' },
    },
    given,
  );
  if (choose === undefined || provider !== 'auto') {
    return { provider: provider as ProviderName, nativePath };
  }
  return { nativePath, ...choose(nativePath) };
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
      `The plug-in ${name} created the modules ${made.join(', ') || '(none)'}, but declares ${moduleNames.join(', ')}; moduleNames and create() must match.`,
    );
  }
  return instance;
}
