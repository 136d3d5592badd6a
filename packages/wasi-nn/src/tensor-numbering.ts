import { elementSize, type TensorType } from './tensor-type.js';

/**
 * How a guest numbers the element types of tensors. WasmEdge 0.15 changed the numbers without any way to tell (WasmEdge#4068): `0.14` is for
 * guests that use the crate `wasi-nn` up to 0.5, `0.15` for 0.6 and later. `auto` tells by the length of the data whenever the two differ.
 */
export type TensorNumbering = 'auto' | '0.14' | '0.15';

const numberings: Readonly<Record<'0.14' | '0.15', readonly TensorType[]>> = {
  '0.14': ['f16', 'f32', 'u8', 'i32'],
  '0.15': ['f16', 'f32', 'f64', 'u8', 'i32', 'i64'],
};

/**
 * The element type that a number stands for; only its low 8 bits count. With `auto`, it is the type whose elements fill the data.
 *
 * @returns undefined if the numbering has no such number.
 */
export function tensorTypeOf(
  number: number,
  numbering: TensorNumbering,
  elements: number,
  byteLength: number,
): TensorType | undefined {
  const index = number & 0xff;
  if (numbering !== 'auto') return numberings[numbering][index];
  const candidates = [numberings['0.14'][index], numberings['0.15'][index]].filter(
    (type) => type !== undefined,
  );
  return candidates.find((type) => elements * elementSize[type] === byteLength) ?? candidates[0];
}

/** The number that a numbering has for an element type; undefined when it has none. */
export function tensorNumberOf(type: TensorType, numbering: '0.14' | '0.15'): number | undefined {
  const index = numberings[numbering].indexOf(type);
  return index === -1 ? undefined : index;
}
