import type { ValueType } from '../host-module/value-types.js';
import { NativeArea } from './native-area.js';
import type { ValueTypeCodes } from './value-type-codes.js';

/** Size of a WasmEdge_Value: 16 bytes of payload, 8 of type, 8 of padding. */
export const valueSize = 32;

/** A row of WasmEdge_Value whose types are written once. */
export function createValueSlots(types: readonly ValueType[], codes: ValueTypeCodes): NativeArea {
  const area = new NativeArea(types.length * valueSize);
  types.forEach((type, index) => {
    const word = (index * valueSize) / 8;
    area.u64[word + 2] = codes[type];
    // A reference carries its type in the first half of its payload too, and its pointer in the second.
    area.u64[word] = type === 'funcref' || type === 'externref' ? codes[type] : 0n;
    area.u64[word + 1] = 0n;
  });
  return area;
}
