import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeExpectation, describeValue, fitsType } from '../values/check-arguments.js';
import type { ValueType } from '../values/value-types.js';

/** Throws when a global cannot be set to a value. */
export function checkGlobalValue(name: string, type: ValueType, mutable: boolean, value: unknown): void {
  if (!mutable) {
    throw new InvalidArgumentError(`The global "${shownName(name)}" is immutable and cannot be set.`);
  }
  if (!fitsType(type, value)) {
    throw new InvalidArgumentError(
      `The global "${shownName(name)}" is ${type} and must be ${describeExpectation(type)}, not ${describeValue(value)}.`,
    );
  }
}
