/**
 * One option of a plug-in that {@link definePlugin} makes. Its type decides what TypeScript callers, the command line and a native
 * plug-in may give.
 */
export type PluginOptionDefinition =
  | TypedOption<'string', string>
  | TypedOption<'number', number>
  | TypedOption<'boolean', boolean>
  | TypedOption<'strings', readonly string[]>;

/** An option of one type: what {@link PluginOptionDefinition} is made of. */
export interface TypedOption<Type extends string, Value> {
  /** `strings` is a list; on the command line it is an option that may be repeated. */
  readonly type: Type;
  /** The value when none is given; of the type that `type` names. */
  readonly default: Value;
  /** One line: what it means, and its unit. */
  readonly description: string;
}

/** The options of a plug-in, by name in camelCase; the command line and a native plug-in have the name in kebab-case. */
export type PluginOptionDefinitions = Readonly<Record<string, PluginOptionDefinition>>;

/** The value that an option has in TypeScript. */
export type PluginOptionValue<Definition extends PluginOptionDefinition> = {
  /** A text; empty is a value as any other. */
  string: string;
  /** Any number of JavaScript but `NaN`; its unit is what the option's description says. */
  number: number;
  /** Whether it is on. */
  boolean: boolean;
  /** A list of texts, in the order in which they were given. */
  strings: readonly string[];
}[Definition['type']];

/** The values of all options of a plug-in. */
export type PluginOptionValues<Definitions extends PluginOptionDefinitions> = {
  readonly [Name in keyof Definitions]: PluginOptionValue<Definitions[Name]>;
};

/** `maxBytes` as the command line and native plug-ins write it: `max-bytes`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The options as a caller gives them: any may be left out. */
export type PluginOptionInputs<Definitions extends PluginOptionDefinitions> = {
  readonly [Name in keyof Definitions]?: PluginOptionValue<Definitions[Name]> | undefined;
};
