import type { Signature } from '../../values/signature.js';
import type { ParametersOf, ResultOf } from '../../values/value-types.js';

/**
 * What a function with an undeclared signature returns: a number or bigint in most cases, `undefined` for a function without results,
 * an array for several results. References do not cross, except `null`.
 */
export type PlacedGuestResult = number | bigint | null | undefined | (number | bigint | null)[];

/** An exported function whose signature was not declared: arguments are checked at run time; `exportTypes` has their number and types. */
export type PlacedGuestFunction = (...args: (number | bigint)[]) => Promise<PlacedGuestResult>;

/** Exports of a guest that was instantiated without declaring them. */
export type PlacedGuestExports = Readonly<Record<string, PlacedGuestFunction>>;

/** The function that a signature describes, called in another thread or process. */
export type PlacedFunctionOf<S extends Signature> = (
  ...args: ParametersOf<S['params']>
) => Promise<number extends S['results']['length'] ? PlacedGuestResult : ResultOf<S['results']>>;

/** What an exported function takes, as a list. */
export type PlacedArguments<Exported> = Exported extends (...args: infer Args) => Promise<unknown>
  ? Readonly<Args>
  : readonly (number | bigint)[];

/** What the promise of an exported function resolves to. */
export type PlacedResult<Exported> = Exported extends (...args: never[]) => Promise<infer Result>
  ? Result
  : unknown;

/** Exports as their declared signatures type them; exports of any name when none was declared. */
export type DeclaredPlacedExports<Declared extends Readonly<Record<string, Signature>>> = [
  keyof Declared,
] extends [never]
  ? PlacedGuestExports
  : { readonly [Name in keyof Declared]: PlacedFunctionOf<Declared[Name]> };
