import type { TensorType } from '@wasmedge-plugins/wasi-nn';

/** In the order of the shim's enumeration `TorchShimType`. */
const types: readonly TensorType[] = ['f16', 'f32', 'f64', 'u8', 'i8', 'i32', 'i64', 'bool'];

/** The shim's number for an element type. */
export function numberOfType(type: TensorType): number {
  return types.indexOf(type);
}

/** The element type of one of the shim's numbers. */
export function typeOfNumber(number: number): TensorType {
  return types[number] as TensorType;
}
