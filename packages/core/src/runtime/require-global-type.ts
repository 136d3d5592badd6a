import { ExportMismatchError } from '../errors/link-errors.js';
import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue, isValueType } from '../values/check-arguments.js';
import type { GuestGlobal } from '../values/guest-global.js';
import type { ValueType } from '../values/value-types.js';

/**
 * Throws unless an exported global has the type that the caller says.
 *
 * @param guest what messages call the guest.
 * @throws {ExportMismatchError} when it has another one.
 */
export function requireGlobalType(guest: string, name: string, found: GuestGlobal, wanted: ValueType): void {
  if (found.type === wanted) return;
  const actual = found.type === undefined ? 'a type that JavaScript cannot pass' : found.type;
  throw new ExportMismatchError(
    `${guest} exports the global "${shownName(name)}" as ${actual}, but ${wanted} was declared; correct the declaration.`,
  );
}

/** @throws {InvalidArgumentError} for what is not a type of values. */
export function checkGlobalType(value: unknown): void {
  if (isValueType(value)) return;
  throw new InvalidArgumentError(
    `The second argument of exportedGlobal() must be a type of values, such as 'i32', not ${describeValue(value)}.`,
  );
}
