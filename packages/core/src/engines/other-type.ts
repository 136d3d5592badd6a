import { shownName } from '../errors/printable.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';

/** Throws for a table or global whose values cannot cross: JavaScript cannot make them, nor an engine check what JavaScript gives. */
export function refuseOtherType(
  kind: 'table' | 'global',
  name: string,
  otherType: string | undefined,
): never {
  throw new UnsupportedByEngineError(
    `The ${kind} "${shownName(name)}" has ${otherType === undefined ? 'a type that is not known here' : `the type ${otherType}`}, whose values stay inside guests on every engine; let the guest export functions that take and return numbers, funcref or externref.`,
  );
}
