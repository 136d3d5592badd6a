import { type ElementTypes, elementTypes } from '@wasmedge-plugins/wasi-nn/kit';

/** The number that was taken out of the enumeration's beginning, and so tells whether it is still there: a boolean's, whose elements have one byte. */
export const probedType = 2;

/**
 * OpenVINO's numbers of element types.
 *
 * @param probedSize bytes of a tensor of one element of the type {@link probedType}: up to 2025.0 a boolean, later what follows it.
 */
export function openVinoTypes(probedSize: number): ElementTypes {
  const shift = probedSize === 1 ? 0 : -1;
  const numbers = { bool: 2, f16: 4, f32: 5, f64: 6, i8: 8, i32: 10, i64: 11, u8: 17 };
  return elementTypes(
    'OpenVINO',
    Object.fromEntries(Object.entries(numbers).map(([type, number]) => [type, number + shift])),
  );
}
