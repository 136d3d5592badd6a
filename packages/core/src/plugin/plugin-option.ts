import type { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { ExportReference } from '../recipe/exported-as.js';
import type { PluginCommandLineOption, PluginCommandLineValue } from './plugin-command-line.js';

/**
 * One option of a plug-in that {@link definePlugin} makes. Its type decides what TypeScript callers, the command line and a native
 * plug-in may give.
 */
export type PluginOptionDefinition =
  | TextOption
  | NumberOption
  | IntegerOption
  | TypedOption<'boolean', boolean>
  | TextListOption
  | ChoiceOption
  | TypedOption<'table', Readonly<Record<string, string>>>
  | FunctionOption<AnyFunction>
  | CustomOption;

/** A function with any parameters. */
export type AnyFunction = (...args: never[]) => unknown;

/** Properties of every option. */
export interface OptionBase {
  /** One line: what it means, and its unit. */
  readonly description: string;
  /**
   * Its flags on the command line. Several flags may set one option; if more than one is given, the last in this list decides. Default: one flag with
   * the option's name in kebab-case, and none for `function` and `custom`. An empty list means no flags.
   */
  readonly flags?: readonly PluginOptionFlag[] | undefined;
}

/** A flag of the command line that sets an option. */
export interface PluginOptionFlag extends Omit<PluginCommandLineOption, 'description'> {
  /** One line of the help. Default: the option's. */
  readonly description?: string | undefined;
  /**
   * Turns the command line's value into the option's value. Default: the text is read as the option's type says.
   *
   * @throws {InvalidArgumentError} for a text that it cannot read; the command prints it and ends.
   */
  readonly read?: ((value: PluginCommandLineValue) => unknown) | undefined;
}

/** An option whose type determines its values. */
export interface TypedOption<Type extends string, Value> extends OptionBase {
  /** `boolean` is a toggle, `number` any number but NaN; `table` has strings by name, and is repeated as `name=text` on the command line. */
  readonly type: Type;
  /** The value when none is given. Default: `undefined`. */
  readonly default?: Value | undefined;
}

/** A string. */
export interface TextOption extends TypedOption<'string', string> {
  /** Whether a string is accepted. Default: any is. */
  readonly accepts?: ((text: string) => boolean) | undefined;
  /** What it must be, in words, for messages: `the URL of a proxy`. Default: `a string`. */
  readonly wanted?: string | undefined;
}

/** A list of strings; on the command line it is a repeatable option. */
export interface TextListOption extends TypedOption<'strings', readonly string[]> {
  /** Whether a string is accepted as an entry. Default: any is. */
  readonly accepts?: ((text: string) => boolean) | undefined;
  /** What it must be, in words, for messages: `an array of hosts, such as ['example.org']`. Default: `an array of strings`. */
  readonly wanted?: string | undefined;
}

/** A number that need not be whole. */
export type NumberOption = TypedOption<'number', number>;

/** A whole number within bounds: a number of bytes or milliseconds, or a maximum. */
export interface IntegerOption extends TypedOption<'integer', number> {
  /** The smallest number that may be given, in `unit`. Default: 0. */
  readonly min?: number | undefined;
  /** The largest number that may be given, in `unit`. Default: 2^53 - 1. */
  readonly max?: number | undefined;
  /** What it counts, for messages: `bytes`. Default: nothing in particular. */
  readonly unit?: string | undefined;
}

/** One of several strings. */
export interface ChoiceOption extends TypedOption<'choice', string> {
  /** The strings to choose from. */
  readonly choices: readonly string[];
}

/**
 * A function of the host program, or `{ module, export }` to say where it is exported: only in that form can it cross into another thread or
 * process. Made by {@link functionOption}, which knows the function's type.
 */
export interface FunctionOption<Call extends AnyFunction> extends OptionBase {
  /** Distinguishes the option from those of other types. */
  readonly type: 'function';
  /** For the compiler only: the type that the given function must have. Default: it is always absent. */
  readonly call?: Call | undefined;
}

/** An option with its own check. The type that `read` takes is the type that callers may give, and its result is the value that `create` gets. */
export interface CustomOption extends OptionBase, ReadOption<never, unknown> {}

/** The check of a {@link CustomOption}, with the types that it takes and returns. */
export interface ReadOption<Given, Value> {
  /** Distinguishes the option from those of other types. */
  readonly type: 'custom';
  /**
   * Checks the given value, which comes from JavaScript, whatever its type says, and returns the option's value.
   *
   * @param given a copy of the caller's value; `undefined` when none was given.
   * @throws {InvalidArgumentError} when it is not what it must be; {@link OptionReading.refusal} makes one.
   */
  read(given: Given, reading: OptionReading): Value;
}

/** Helps a {@link CustomOption} report a wrong value. */
export interface OptionReading {
  /** The function that takes the options: `httpsReqPlugin()`. */
  readonly subject: string;
  /** Name of the option. */
  readonly name: string;
  /**
   * The error for an invalid value; throw it. The value is not shown, since it may be secret.
   *
   * @param wanted what it must be, in words: `the path of a file`.
   * @param part the part of the option that is wrong: `secrets.path`. Default: the option.
   */
  refusal(wanted: string, part?: string): InvalidArgumentError;
}

/** The options of a plug-in, by name in camelCase; the command line and a native plug-in have the name in kebab-case. */
export type PluginOptionDefinitions = Readonly<Record<string, PluginOptionDefinition>>;

/** A definition for each option of an interface, no more and no fewer: `satisfies OptionDefinitionsOf<MyOptions>`. */
export type OptionDefinitionsOf<Options extends object> = {
  readonly [Name in keyof Options]-?: PluginOptionDefinition;
};

/** The value of each type of option whose type determines its values. */
export interface ValueOfType {
  /** A string; the empty string is a value like any other. */
  string: string;
  /** Any JavaScript number but `NaN`; its unit is in the option's description. */
  number: number;
  /** A whole number; its unit is the option's `unit`. */
  integer: number;
  /** Whether it is on. */
  boolean: boolean;
  /** A list of strings, in the order given. */
  strings: readonly string[];
  /** Strings by name. */
  table: Readonly<Record<string, string>>;
}

/** A function, or a reference to where one is exported. */
export type GivenFunction<Call> = Call | ExportReference;

/** An option of a type that determines its values. */
export interface OptionOfType {
  /** The type. */
  readonly type: keyof ValueOfType;
}

/** An option with a default. */
export interface OptionWithDefault {
  /** The value when none is given. */
  readonly default: NonNullable<unknown>;
}

/** The value of an option that was given or has a default. */
export type PresentValue<Definition extends PluginOptionDefinition> = Definition extends OptionOfType
  ? ValueOfType[Definition['type']]
  : Definition extends ChoiceOption
    ? Definition['choices'][number]
    : never;

/** The value that an option has in TypeScript. */
export type PluginOptionValue<Definition extends PluginOptionDefinition> =
  Definition extends ReadOption<never, infer Value>
    ? Value
    : Definition extends FunctionOption<infer Call>
      ? GivenFunction<Call> | undefined
      : Definition extends OptionWithDefault
        ? PresentValue<Definition>
        : PresentValue<Definition> | undefined;

/** The value that a caller may give for an option. */
export type PluginOptionInput<Definition extends PluginOptionDefinition> =
  Definition extends ReadOption<infer Given, unknown>
    ? Given
    : Definition extends FunctionOption<infer Call>
      ? GivenFunction<Call>
      : PresentValue<Definition>;

/** The values of all options of a plug-in. */
export type PluginOptionValues<Definitions extends PluginOptionDefinitions> = {
  readonly [Name in keyof Definitions]: PluginOptionValue<Definitions[Name]>;
};

/** The options as a caller gives them: any may be omitted. */
export type PluginOptionInputs<Definitions extends PluginOptionDefinitions> = {
  readonly [Name in keyof Definitions]?: PluginOptionInput<Definitions[Name]> | undefined;
};

/**
 * An option that is a function of this type, or a `{ module, export }` reference to one.
 *
 * @example functionOption<(line: string) => void>({ description: 'told of each line' })
 */
export function functionOption<Call extends AnyFunction>(option: OptionBase): FunctionOption<Call> {
  return { ...option, type: 'function' };
}

/** `maxBytes` as the command line and native plug-ins write it: `max-bytes`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
