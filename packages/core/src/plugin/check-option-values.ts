import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { describeValue } from '../values/check-arguments.js';
import type { ProviderName } from './plugin.js';
import type { PluginOptionDefinition, PluginOptionDefinitions } from './plugin-option.js';

/** Options of every plug-in that {@link definePlugin} makes. */
const providerOptions = ['provider', 'nativePath'];

const wanted: Readonly<Record<PluginOptionDefinition['type'], string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  strings: 'an array of strings',
};

/** Throws for a definition that no value could serve. */
export function checkOptionDefinitions(plugin: string, definitions: PluginOptionDefinitions): void {
  for (const [name, definition] of Object.entries(definitions)) {
    if (providerOptions.includes(name) || !/^[a-z][A-Za-z0-9]*$/.test(name)) {
      throw new InvalidArgumentError(
        `The plug-in ${plugin} cannot have an option ${name}: names are camelCase, and ${providerOptions.join(' and ')} are taken.`,
      );
    }
    if (!(definition.type in wanted)) {
      throw new InvalidArgumentError(
        `The option ${name} of the plug-in ${plugin} must be of type ${Object.keys(wanted).join(', ')}.`,
      );
    }
    checkValue(plugin, name, definition, definition.default);
  }
}

/** The values of all options, checked; those that were not given have their default. */
export function checkOptionValues(
  plugin: string,
  definitions: PluginOptionDefinitions,
  options: Readonly<Record<string, unknown>>,
): { provider: ProviderName; nativePath: string | undefined; values: Record<string, unknown> } {
  const known = Object.fromEntries(
    [...Object.keys(definitions), ...providerOptions].map((name) => [name, true as const]),
  );
  checkOptionNames<Readonly<Record<string, unknown>>>(`the plug-in ${plugin}`, options, known);
  const { provider = 'embedded', nativePath } = options;
  if (provider !== 'embedded' && provider !== 'native') {
    throw new InvalidArgumentError(
      `The option provider of the plug-in ${plugin} must be 'embedded' or 'native', not ${describeValue(provider)}.`,
    );
  }
  if (nativePath !== undefined && (typeof nativePath !== 'string' || nativePath === '')) {
    throw new InvalidArgumentError(`The option nativePath of the plug-in ${plugin} must be a path.`);
  }
  const values = Object.entries(definitions).map(([name, definition]) => {
    const value = options[name] ?? definition.default;
    checkValue(plugin, name, definition, value);
    return [name, value];
  });
  return { provider, nativePath, values: Object.fromEntries(values) };
}

function checkValue(plugin: string, name: string, { type }: PluginOptionDefinition, value: unknown): void {
  const holds =
    type === 'strings'
      ? Array.isArray(value) && value.every((entry) => typeof entry === 'string')
      : typeof value === type && !Number.isNaN(value);
  if (!holds) {
    throw new InvalidArgumentError(
      `The option ${name} of the plug-in ${plugin} must be ${wanted[type]}, not ${describeValue(value)}.`,
    );
  }
}
