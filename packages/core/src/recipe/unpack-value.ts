import { Buffer } from 'node:buffer';
import type { PackedValue } from './packed-value.js';

/** The value that `packValue` made this of, or a clone of it. */
export function unpackValue(packed: PackedValue): unknown {
  if (typeof packed !== 'object' || packed === null) return packed;
  switch (packed[0]) {
    case 'array':
      return packed[1].map(unpackValue);
    case 'object':
      return Object.fromEntries(packed[1].map(([name, entry]) => [name, unpackValue(entry)]));
    case 'map':
      return new Map(packed[1].map(([key, entry]) => [unpackValue(key), unpackValue(entry)]));
    case 'set':
      return new Set(packed[1].map(unpackValue));
    case 'url':
      return new URL(packed[1]);
    case 'buffer':
      return Buffer.from(packed[1].buffer, packed[1].byteOffset, packed[1].byteLength);
    case 'same':
      return packed[1];
  }
}
