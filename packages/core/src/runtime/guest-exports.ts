import type { FunctionOf, Signature } from '../values/signature.js';
import type { GuestResult, GuestValue } from '../values/value-types.js';

/** An exported function whose signature was not declared: arguments are checked at run time; `exportTypes` has their number and types. */
export type GuestFunction = (...args: GuestValue[]) => GuestResult;

/** Exports of a guest that was instantiated without declaring them. */
export type GuestExports = Readonly<Record<string, GuestFunction>>;

/** Exports as their declared signatures type them; exports of any name when none was declared. */
export type DeclaredExports<Declared extends Readonly<Record<string, Signature>>> = [keyof Declared] extends [
  never,
]
  ? GuestExports
  : { readonly [Name in keyof Declared]: FunctionOf<Declared[Name]> };
