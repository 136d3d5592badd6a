import { elementTypes } from '@wasmedge-plugins/wasi-nn/kit';

/** The shim's numbers of element types, those of its enumeration `TorchShimType`. */
export const torchTypes = elementTypes('PyTorch', {
  f16: 0,
  f32: 1,
  f64: 2,
  u8: 3,
  i8: 4,
  i32: 5,
  i64: 6,
  bool: 7,
});
