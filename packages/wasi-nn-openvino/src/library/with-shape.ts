import { NativeArea } from '@wasmedge-plugins/core/native';
import type { CShape } from './prototypes.js';

/** Calls a function with a shape that lives as long as the call. */
export function withShape<Result>(shape: readonly number[], use: (shape: CShape) => Result): Result {
  using dims = new NativeArea(shape.length * 8);
  shape.forEach((length, index) => {
    dims.i64[index] = BigInt(length);
  });
  return use({ rank: shape.length, dims: dims.address });
}
