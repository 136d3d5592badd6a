import type { Plugin } from './plugin.js';
import type {
  PluginCommandLine,
  PluginCommandLineOption,
  PluginCommandLineValue,
} from './plugin-command-line.js';
import {
  kebabCase,
  type PluginOptionDefinition,
  type PluginOptionDefinitions,
  type PluginOptionFlag,
} from './plugin-option.js';

/** What a definition says of the machine. */
interface Offered {
  readonly releases?: PluginCommandLine['releases'] | undefined;
  readonly libraries?: PluginCommandLine['libraries'];
}

/** The options of a defined plug-in as the command `wasmedge-plugins` offers them. */
export function commandLineOf(
  definitions: PluginOptionDefinitions,
  { releases = [], libraries }: Offered,
  make: (options: never) => Plugin,
): PluginCommandLine {
  const offered = Object.entries(definitions).flatMap(([name, definition]) =>
    flagsOf(name, definition).map((flag) => ({ name, definition, flag })),
  );
  return {
    options: offered.map(({ definition, flag }) => optionOf(definition, flag)),
    releases,
    ...(libraries !== undefined && { libraries }),
    create: (values, { provider }) => {
      const given = offered
        .map(({ name, definition, flag }) => [name, givenValue(definition, flag, values)] as const)
        .filter(([, value]) => value !== undefined);
      return make({ ...Object.fromEntries(given), provider } as never);
    },
  };
}

function optionOf(
  definition: PluginOptionDefinition,
  { flags, description = definition.description, repeatable = isList(definition), takes }: PluginOptionFlag,
): PluginCommandLineOption {
  return { flags, description, repeatable, ...(takes !== undefined && { takes }) };
}

function flagsOf(name: string, definition: PluginOptionDefinition): readonly PluginOptionFlag[] {
  if (definition.flags !== undefined) return definition.flags;
  const argument = argumentOf(definition);
  return argument === undefined ? [] : [{ flags: `--${kebabCase(name)}${argument}` }];
}

function argumentOf(definition: PluginOptionDefinition): string | undefined {
  switch (definition.type) {
    case 'boolean':
      return '';
    case 'string':
    case 'strings':
      return ' <string>';
    case 'number':
    case 'integer':
      return ' <number>';
    case 'choice':
      return ` <${definition.choices.join('|')}>`;
    case 'table':
      return ' <name=text>';
    default:
      return undefined;
  }
}

function isList({ type }: PluginOptionDefinition): boolean {
  return type === 'strings' || type === 'table';
}

/** What a flag gives its option; `undefined` when it was not given. */
function givenValue(
  definition: PluginOptionDefinition,
  { flags, read }: PluginOptionFlag,
  values: Readonly<Record<string, PluginCommandLineValue>>,
): unknown {
  const given = values[flags.replace(/^.*--([^ ]+).*$/, '$1')];
  if (given === undefined || (Array.isArray(given) && given.length === 0)) return undefined;
  return read === undefined ? parse(definition, given) : read(given);
}

/** A text that is not a number becomes NaN, which the plug-in's own check refuses by the option's name. */
function parse({ type }: PluginOptionDefinition, value: PluginCommandLineValue): unknown {
  switch (type) {
    case 'number':
    case 'integer':
      return String(value).trim() === '' ? Number.NaN : Number(value);
    case 'table':
      return Object.fromEntries([value].flat().map(pairOf));
    default:
      return value;
  }
}

/** A text without `=` gets no value, which the plug-in's own check refuses. */
function pairOf(text: unknown): readonly [string, string | undefined] {
  const [, name = String(text), value] = /^([^=]*)=(.*)$/s.exec(String(text)) ?? [];
  return [name, value];
}
