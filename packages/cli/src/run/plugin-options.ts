import type { PluginCommandLineValue } from '@wasmedge-plugins/core';
import { type Command, Option } from 'commander';
import type { OptionsOfPackage } from '../packages/plugin-options.js';
import { addValue } from './parse-options.js';

/** Adds the options of the plug-in packages; returns those that were added. */
export function addPluginOptions(command: Command, installed: readonly OptionsOfPackage[]): Option[] {
  const taken = new Set(command.options.map((option) => option.name()));
  const added: Option[] = [];
  for (const { packageName, options } of installed) {
    for (const { flags, description, repeatable } of options) {
      const option = new Option(flags, `${description} (${packageName})`);
      // Backends of one plug-in share options; a plug-in cannot take the name of one of the command's own.
      if (!taken.has(option.name())) {
        taken.add(option.name());
        added.push(repeatable ? option.argParser(addValue) : option);
      }
    }
  }
  for (const option of added) {
    command.addOption(option);
  }
  return added;
}

/** The values that were given for these options, by their long name without the dashes. */
export function givenValues(
  command: Command,
  options: readonly Option[],
): Record<string, PluginCommandLineValue> {
  const values = options.map((option): [string, PluginCommandLineValue | undefined] => [
    option.name(),
    command.getOptionValue(option.attributeName()),
  ]);
  return Object.fromEntries(
    values.filter((entry): entry is [string, PluginCommandLineValue] => entry[1] !== undefined),
  );
}
