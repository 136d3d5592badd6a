import { UnsupportedByEngineError } from '../errors/unsupported-by-engine-error.js';

/** Throws for a table or global whose values cannot cross: JavaScript cannot make them, nor an engine check what JavaScript gives. */
export function refuseOtherType(kind: 'table' | 'global', name: string, otherType = 'not known'): never {
  throw new UnsupportedByEngineError(
    `The ${kind} "${name}" has the type ${otherType}, whose values stay inside guests on every engine; let the guest export functions that take and give numbers, funcref or externref.`,
  );
}
