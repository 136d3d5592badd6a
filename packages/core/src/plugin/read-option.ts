import { checkOptionNames } from '../options/check-option-names.js';
import { isTable } from '../options/is-table.js';
import { type ExportReference, isExportReference } from '../recipe/exported-as.js';
import { describeValue } from '../values/check-arguments.js';
import { optionRefusal } from './option-refusal.js';
import type { CustomOption, IntegerOption, PluginOptionDefinition } from './plugin-option.js';

/** What reads the value of an option. */
export interface OptionToRead {
  /** What takes the options: `processPlugin()`, or `the plug-in sum`. */
  readonly subject: string;
  /** Name of the option. */
  readonly name: string;
  readonly definition: PluginOptionDefinition;
}

/**
 * The value of one option, checked; the default when nothing was given.
 *
 * @throws {InvalidArgumentError} saying what the option must be.
 */
export function readOption(option: OptionToRead, given: unknown): unknown {
  const { subject, name, definition } = option;
  switch (definition.type) {
    case 'custom':
      return readCustom(definition, option, given);
    case 'function':
      return given === undefined ? undefined : readFunction(option, given);
    default: {
      const value = given === undefined ? definition.default : given;
      if (value === undefined) return undefined;
      if (!fits(definition, value)) {
        throw optionRefusal(subject, name, `${wantedOf(definition)}${shown(definition, value)}`);
      }
      return Array.isArray(value) ? [...value] : isTable(value) ? { ...value } : value;
    }
  }
}

type CheckedOption = Exclude<PluginOptionDefinition, { readonly type: 'custom' | 'function' }>;

function fits(definition: CheckedOption, value: unknown): boolean {
  switch (definition.type) {
    case 'string':
      return typeof value === 'string' && definition.accepts?.(value) !== false;
    case 'strings':
      return isTextList(value) && value.every((text) => definition.accepts?.(text) !== false);
    case 'table':
      return isTable(value) && isTextList(Object.values(value));
    case 'choice':
      return typeof value === 'string' && definition.choices.includes(value);
    case 'integer':
      return isWholeNumber(value, definition);
    case 'number':
      return typeof value === 'number' && !Number.isNaN(value);
    case 'boolean':
      return typeof value === 'boolean';
  }
}

function wantedOf(definition: CheckedOption): string {
  switch (definition.type) {
    case 'string':
      return definition.wanted ?? 'a string';
    case 'strings':
      return definition.wanted ?? 'an array of strings';
    case 'table':
      return 'an object of strings by name';
    case 'choice':
      return listOf(definition.choices);
    case 'integer':
      return wholeNumber(definition);
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
  }
}

function wholeNumber({ min = 0, max = Number.MAX_SAFE_INTEGER, unit }: IntegerOption): string {
  const bounds = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
  return `a whole number ${unit === undefined ? '' : `of ${unit} `}${bounds}`;
}

function isWholeNumber(value: unknown, { min = 0, max = Number.MAX_SAFE_INTEGER }: IntegerOption): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function readCustom(definition: CustomOption, { subject, name }: OptionToRead, given: unknown): unknown {
  return definition.read(given as never, {
    subject,
    name,
    refusal: (wanted, part = name) => optionRefusal(subject, part, wanted),
  });
}

function readFunction({ subject, name }: OptionToRead, given: unknown): unknown {
  if (typeof given === 'function') return given;
  if (isTable(given)) {
    const known = { module: true, export: true } as const;
    checkOptionNames<ExportReference>(`the function ${name} of ${subject}`, given, known);
  }
  if (!isExportReference(given)) {
    throw optionRefusal(
      subject,
      name,
      'a function, or { module, export } with the URL of a module and the name of a function that it exports',
    );
  }
  return { module: String(given.module), export: given.export };
}

/** What was given; of a text no more than that it is one, since it may be secret. */
function shown({ type }: CheckedOption, value: unknown): string {
  if (typeof value !== 'string') return `, not ${describeValue(value)}`;
  return type === 'string' || type === 'choice' ? '' : ', not a string';
}

function listOf(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `'${choice}'`);
  return quoted.length < 2
    ? quoted.join()
    : `${quoted.slice(0, -1).join(', ')} or ${quoted[quoted.length - 1]}`;
}
