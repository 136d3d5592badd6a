import type { PluginCommandLineValue } from '@wasmedge-plugins/core';
import { type Command, Option } from 'commander';
import type { OptionsOfPackage } from '../packages/plugin-options.js';
import { addValue } from './parse-options.js';

/** Adds the options of the plug-in packages; returns those that were added. */
export function addPluginOptions(command: Command, installed: readonly OptionsOfPackage[]): Option[] {
  const taken = new Set(command.options.map((option) => option.name()));
  const added: Option[] = [];
  for (const { options } of installed) {
    for (const { flags, description, repeatable } of options) {
      const option = new Option(flags, `${description} (${packagesWith(flags, installed)})`);
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

/** The package that takes an option; what their names have in common, and `*`, where several do. */
function packagesWith(flags: string, installed: readonly OptionsOfPackage[]): string {
  const names = installed
    .filter(({ options }) => options.some((option) => option.flags === flags))
    .map(({ packageName }) => packageName);
  const [first = ''] = names;
  if (names.length === 1) return first;
  let length = first.length;
  while (!names.every((name) => name.startsWith(first.slice(0, length)))) length--;
  return `${first.slice(0, length)}*`;
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
