import type { ExternalType } from '../module-types/module-types.js';
import type { ValueType } from '../values/value-types.js';

/**
 * Whether one guest can give another a function or object of its own through an import of this type. A reference in either direction is
 * enough: a function that a guest was given takes references itself, and an object that it was given may have fields to be set.
 */
export function carriesReferences(type: ExternalType): boolean {
  switch (type.kind) {
    case 'function':
      return (
        type.signature === undefined ||
        [...type.signature.params, ...type.signature.results].some(isReference)
      );
    case 'global':
      return isReference(type.type);
    default:
      return type.kind === 'table';
  }
}

/** A type that has no name here is one of references. */
function isReference(type: ValueType | undefined): boolean {
  return type === undefined || type === 'funcref' || type === 'externref';
}
