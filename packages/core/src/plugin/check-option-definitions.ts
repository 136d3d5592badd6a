import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { isTable } from '../options/is-table.js';
import type { PluginOptionDefinition, PluginOptionDefinitions } from './plugin-option.js';
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
        `The plug-in ${plugin} cannot have an option ${name}: names are camelCase, and ${providerOptionNames.join(' and ')} are taken.`,
      );
    }
    if (!(definition.type in types)) {
      throw new InvalidArgumentError(
        `The option ${name} of the plug-in ${plugin} must be of type ${Object.keys(types).join(', ')}.`,
      );
    }
    if (definition.type !== 'custom') {
      readOption({ subject: `the plug-in ${plugin}`, name, definition }, undefined);
    }
  }
}
