import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { typeOf } from '../library/element-types.js';
import type { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';

/** What a tensor says of itself. */
export function readTensorInfo({ c }: TensorFlowLiteLibrary, tensor: number, index: number): TensorInfo {
  return {
    name: c.tensorName(tensor) || `${index}`,
    type: typeOf(c.tensorType(tensor)),
    shape: readShape({ c }, tensor),
  };
}

/** The shape that a tensor has now. */
export function readShape({ c }: Pick<TensorFlowLiteLibrary, 'c'>, tensor: number): readonly number[] {
  return Array.from({ length: Math.max(0, c.tensorRank(tensor)) }, (_, index) =>
    c.tensorDimension(tensor, index),
  );
}
