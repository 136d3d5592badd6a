import { checkOptionNames } from '../options/check-option-names.js';
import { copyOptions } from '../recipe/copy-options.js';
import type { PluginOptionDefinitions, PluginOptionValues } from './plugin-option.js';
import { readOption } from './read-option.js';

/**
 * The values of all options, checked and copied; those that were not given have their default. A plug-in's client uses it to read the options that it
 * shares with the plug-in.
 *
 * @param subject the function that takes the options, for messages: `createProcessClient()`.
 * @param definitions the available options.
 * @param options what the caller gave.
 * @throws {InvalidArgumentError} naming an option that does not exist or is invalid.
 */
export function readOptions<Definitions extends PluginOptionDefinitions>(
  subject: string,
  definitions: Definitions,
  options: object,
): PluginOptionValues<Definitions> {
  checkNames(subject, definitions, options);
  return readCopied(subject, definitions, copyOptions({ ...options }, subject));
}

/** {@link readOptions} of options that are already a copy, and may include others. */
export function readCopied<Definitions extends PluginOptionDefinitions>(
  subject: string,
  definitions: Definitions,
  given: Readonly<Record<string, unknown>>,
): PluginOptionValues<Definitions> {
  const values = Object.entries(definitions).map(([name, definition]) => [
    name,
    readOption({ subject, name, definition }, given[name]),
  ]);
  return Object.fromEntries(values) as PluginOptionValues<Definitions>;
}

/**
 * Throws for options that are not an object, and for one that does not exist.
 *
 * @param more names of options that are not among the definitions.
 */
export function checkNames(
  subject: string,
  definitions: PluginOptionDefinitions,
  options: object,
  more: readonly string[] = [],
): void {
  const known = Object.fromEntries(
    [...Object.keys(definitions), ...more].map((name) => [name, true as const]),
  );
  checkOptionNames<Readonly<Record<string, unknown>>>(subject, options, known);
}
