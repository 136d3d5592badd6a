import type { NnErrnoName } from '../nn-errno.js';

/** One setting of a model's configuration: which values it may have, and which a guest may choose. */
export interface Setting<Value> {
  /** What it must be, as the end of "threads must be …". */
  readonly must: string;
  /** Whether a value from JSON is valid. A number that multiplies a cost must be bounded here. */
  accepts(value: unknown): boolean;
  /** Why a guest must not choose a valid value, as a part of a sentence; `undefined` when it may. Default: a guest may choose it. */
  readonly refuseGuest?: ((value: Value) => string | undefined) | undefined;
  /** Whether it is a whole number, which the rules may want to be written as one. Default: it is not. */
  readonly isWhole?: boolean | undefined;
  /** The error code that a guest gets for a value that is not accepted, or that it must not choose. Default: `invalid_argument`. */
  readonly errno?: NnErrnoName | undefined;
}

/** The settings of a backend's models by name. */
export type Settings = Readonly<Record<string, Setting<never>>>;

/** A configuration with these settings; each of them may be omitted. */
export type ConfigOf<Table extends Settings> = {
  readonly [Name in keyof Table]?: Table[Name] extends Setting<infer Value> ? Value : never;
};

/** Options of every kind of setting besides its own. */
export type SettingOptions<Value> = Pick<Setting<Value>, 'refuseGuest' | 'errno'>;

/** Bounds of {@link wholeNumber}, both included. */
export interface WholeNumberBounds {
  /** The smallest number, in the unit of the setting. */
  readonly min: number;
  /** The largest number, in the unit of the setting. */
  readonly max: number;
}

/** A whole number between two bounds. */
export function wholeNumber({
  min,
  max,
  ...options
}: WholeNumberBounds & SettingOptions<number>): Setting<number> {
  return {
    must: `be a whole number from ${min} to ${max}`,
    accepts: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    isWhole: true,
    ...options,
  };
}

/** One of several strings. */
export function oneOf<const Value extends string>(
  values: readonly Value[],
  options: SettingOptions<Value> = {},
): Setting<Value> {
  const shown = values.map((value) => `'${value}'`);
  return {
    must: `be ${[shown.slice(0, -1).join(', '), shown.at(-1)].filter(Boolean).join(' or ')}`,
    accepts: (value) => values.includes(value as Value),
    ...options,
  };
}

/** `true` or `false`. */
export function yesOrNo(options: SettingOptions<boolean> = {}): Setting<boolean> {
  return { must: 'be true or false', accepts: (value) => typeof value === 'boolean', ...options };
}

/**
 * A string of a given form.
 *
 * @param must what it must be, as the end of a sentence: `be a name such as CPU`.
 */
export function textLike(
  pattern: RegExp,
  must: string,
  options: SettingOptions<string> = {},
): Setting<string> {
  return { must, accepts: (value) => typeof value === 'string' && pattern.test(value), ...options };
}

/**
 * An object whose members are all of one kind.
 *
 * @param must what it must be, as the end of a sentence: `be an object of strings`.
 */
export function tableOf<Value>(
  accepts: (member: unknown) => member is Value,
  must: string,
  options: SettingOptions<Readonly<Record<string, Value>>> = {},
): Setting<Readonly<Record<string, Value>>> {
  return {
    must,
    accepts: (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((member) => accepts(member)),
    ...options,
  };
}
