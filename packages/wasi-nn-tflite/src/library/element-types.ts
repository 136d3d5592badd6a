import type { TensorType } from '@wasmedge-plugins/wasi-nn';

/** The numbers that TensorFlow Lite's C interface and LiteRT.js have for the element types that WASI-NN has. */
const types: Readonly<Record<number, TensorType>> = {
  1: 'f32',
  2: 'i32',
  3: 'u8',
  4: 'i64',
  6: 'bool',
  9: 'i8',
  10: 'f16',
  11: 'f64',
};

/** The element type of a number; `undefined` for one that WASI-NN does not have, such as i16 or text. */
export function typeOf(number: number): TensorType | undefined {
  return types[number];
}
