import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { isTable } from '../options/is-table.js';
import type {
  ChoiceOption,
  CustomOption,
  PluginOptionDefinition,
  PluginOptionDefinitions,
  TextOption,
} from './plugin-option.js';
import { readOption } from './read-option.js';

/** Options of every plug-in that `definePlugin` makes. */
export const providerOptionNames = ['provider', 'nativePath'];

const types: Readonly<Record<PluginOptionDefinition['type'], true>> = {
  string: true,
  number: true,
  integer: true,
  boolean: true,
  strings: true,
  table: true,
  choice: true,
  function: true,
  custom: true,
};

/** Throws for a definition that no value could serve. */
export function checkOptionDefinitions(plugin: string, definitions: PluginOptionDefinitions): void {
  if (!isTable(definitions)) {
    throw new InvalidArgumentError(
      'The option options of definePlugin() must be an object of definitions by name.',
    );
  }
  for (const [name, definition] of Object.entries(definitions)) {
    if (providerOptionNames.includes(name) || !/^[a-z][A-Za-z0-9]*$/.test(name)) {
      throw new InvalidArgumentError(
        `The plug-in ${plugin} cannot have an option ${name}: names are camelCase, and ${providerOptionNames.join(' and ')} are reserved.`,
      );
    }
    if (!isTable(definition) || !Object.hasOwn(types, definition.type)) {
      throw new InvalidArgumentError(
        `The option ${name} of the plug-in ${plugin} must be of type ${Object.keys(types).join(', ')}.`,
      );
    }
    checkParts(plugin, name, definition);
    if (definition.type !== 'custom') {
      readOption({ subject: `the plug-in ${plugin}`, name, definition }, undefined);
    }
  }
}

/** What a definition has besides its type, which TypeScript sees at compile time. */
function checkParts(plugin: string, name: string, definition: PluginOptionDefinition): void {
  const { type, flags, read, choices, accepts } = definition as Partial<
    Readonly<Record<keyof CustomOption | keyof ChoiceOption | keyof TextOption, unknown>>
  >;
  const refuse = (part: string, wanted: string) => {
    throw new InvalidArgumentError(`The option ${name} of the plug-in ${plugin} needs ${part}: ${wanted}.`);
  };
  if (type === 'custom' && typeof read !== 'function')
    refuse('read', 'a function that checks the given value');
  if (type === 'choice' && !(Array.isArray(choices) && choices.length > 0))
    refuse('choices', 'an array of strings');
  if (accepts !== undefined && typeof accepts !== 'function') refuse('accepts', 'a function, or nothing');
  if (flags !== undefined && !(Array.isArray(flags) && flags.every(isFlag))) {
    refuse('flags', 'an array of objects with the string flags, or nothing');
  }
}

function isFlag(flag: unknown): boolean {
  return isTable(flag) && typeof flag.flags === 'string';
}
