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
    ...rest,
  };
}

/** An option that is a number. */
export function decimal(level: OptionLevel, rest: Rest = {}): GuestOption<number> {
  return {
    ...defaults,
    level,
    must: 'be a finite number',
    accepts: (value) => typeof value === 'number' && Number.isFinite(value),
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
