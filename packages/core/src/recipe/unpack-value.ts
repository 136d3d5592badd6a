import { Buffer } from 'node:buffer';
import { CannotCrossError } from '../errors/placement-errors.js';
import type { MakeFunction } from './kept-function.js';
import type { PackedValue } from './packed-value.js';

/** The value that `packValue` made this of, or a clone of it; without functions. */
export function unpackValue(packed: PackedValue): unknown {
  return unpackWith(packed, refuseFunction);
}

/** {@link unpackValue} of what may hold functions that were kept. */
export function unpackWith(packed: PackedValue, makeFunction: MakeFunction): unknown {
  if (typeof packed !== 'object' || packed === null) return packed;
  const inner = (entry: PackedValue) => unpackWith(entry, makeFunction);
  switch (packed[0]) {
    case 'array':
      return packed[1].map(inner);
    case 'object':
      return Object.fromEntries(packed[1].map(([name, entry]) => [name, inner(entry)]));
    case 'map':
      return new Map(packed[1].map(([key, entry]) => [inner(key), inner(entry)]));
    case 'set':
      return new Set(packed[1].map(inner));
    case 'url':
      return new URL(packed[1]);
    case 'buffer':
      return Buffer.from(packed[1].buffer, packed[1].byteOffset, packed[1].byteLength);
    case 'function':
      return makeFunction(packed[1]);
    case 'same':
      return packed[1];
  }
}

function refuseFunction(): never {
  throw new CannotCrossError('A function stays where it was created; it cannot be used here.');
}
