/** Element types of tensors. */
export type TensorType = 'f16' | 'f32' | 'f64' | 'u8' | 'i8' | 'i32' | 'i64' | 'bool';

/** Bytes of one element. */
export const elementSize: Readonly<Record<TensorType, number>> = {
  f16: 2,
  f32: 4,
  f64: 8,
  u8: 1,
  i8: 1,
  i32: 4,
  i64: 8,
  bool: 1,
};
