import type { Setting } from '@wasmedge-plugins/wasi-nn/kit';
import type { GGMLRelease } from '../release.js';

/** What an option is about, which decides when a change acts: how the model is loaded, its context, how tokens are chosen, or the calls of the guest. */
export type OptionLevel = 'model' | 'context' | 'sampling' | 'calls';

/** An option of the JSON that guests pass. */
export interface GuestOption<Value> extends Setting<Value> {
  readonly level: OptionLevel;
  /** The first release that has it; earlier ones take it for an unknown name, which is ignored. */
  readonly since: GGMLRelease;
  /** Whether it has the effect that it has in WasmEdge. `ignored`: it has none here, and the host is told so; `idle`: it has none in WasmEdge either. */
  readonly use: 'served' | 'ignored' | 'idle';
}

type Rest = Partial<Pick<GuestOption<unknown>, 'since' | 'use'>>;

const defaults = { since: '0.14', use: 'served' } as const;

/** Whole numbers that fit 32 bits, as llama.cpp keeps them. */
const limits = { min: -(2 ** 31), max: 2 ** 32 - 1 };

/** An option that is a whole number. */
export function integer(
  level: OptionLevel,
  { min = limits.min, max = limits.max, ...rest }: Rest & { min?: number; max?: number } = {},
): GuestOption<number> {
  return {
    ...defaults,
    level,
    must: `be a whole number from ${min} to ${max}`,
    accepts: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    isWhole: true,
    ...rest,
  };
}

/** An option that is one of a few numbers, each of which stands for something. */
export function numberOf<Choice extends number>(
  level: OptionLevel,
  values: ReadonlyMap<Choice, unknown>,
  rest: Rest = {},
): GuestOption<Choice> {
  return {
    ...defaults,
    level,
    must: `be one of ${[...values.keys()].join(', ')}`,
    accepts: (value) => values.has(value as Choice),
    isWhole: true,
    ...rest,
  };
}

/** An option that is a number. */
export function decimal(
  level: OptionLevel,
  { min, max, ...rest }: Rest & { min?: number; max?: number } = {},
): GuestOption<number> {
  const [least, most] = [min ?? Number.NEGATIVE_INFINITY, max ?? Number.POSITIVE_INFINITY];
  return {
    ...defaults,
    level,
    must: min === undefined ? 'be a finite number' : `be a number from ${min} to ${max}`,
    accepts: (value) =>
      typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most,
    ...rest,
  };
}

/** An option that is on or off. */
export function flag(level: OptionLevel, rest: Rest = {}): GuestOption<boolean> {
  return {
    ...defaults,
    level,
    must: 'be true or false',
    accepts: (value) => typeof value === 'boolean',
    ...rest,
  };
}

/** An option that is a text, one of several where they are given. */
export function text(
  level: OptionLevel,
  { oneOf, ...rest }: Rest & { oneOf?: readonly string[] } = {},
): GuestOption<string> {
  return {
    ...defaults,
    level,
    must: oneOf === undefined ? 'be a string' : `be one of ${oneOf.join(', ')}`,
    accepts: (value) => typeof value === 'string' && (oneOf === undefined || oneOf.includes(value)),
    ...rest,
  };
}
