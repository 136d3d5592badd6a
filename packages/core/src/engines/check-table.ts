import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue, fitsType } from '../values/check-arguments.js';
import type { ValueType } from '../values/value-types.js';

/** Throws for an index that a table does not have. */
export function refuseTableIndex(name: string, length: number, index: unknown): never {
  throw new InvalidArgumentError(
    `The table "${shownName(name)}" has ${length} elements, so none at ${describeValue(index)}.`,
  );
}

/** Throws when a table cannot hold a value. */
export function checkTableValue(name: string, type: ValueType, value: unknown): void {
  if (!fitsType(type, value)) {
    throw new InvalidArgumentError(
      `The table "${shownName(name)}" holds ${type} and cannot take ${describeValue(value)}.`,
    );
  }
}
