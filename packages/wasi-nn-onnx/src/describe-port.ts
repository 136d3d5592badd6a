import type { TensorInfo, TensorType } from '@wasmedge-plugins/wasi-nn';

/** Types for which guests have no number: their elements are also taken as bytes, one each. */
const takenAsBytes: readonly TensorType[] = ['bool', 'i8'];

/** An input as WASI-NN describes it, of which the model says this. */
export function describeInput(info: TensorInfo): TensorInfo {
  const { type, shape } = info;
  return type !== undefined && takenAsBytes.includes(type)
    ? { ...info, alsoTakes: [{ type: 'u8', shape }] }
    : info;
}

/** Why bytes are no elements of the type of an input, whatever form it was given in; `undefined` when they are. C++ allows no bool but 0 and 1. */
export function problemOfElements({ name, type }: TensorInfo, data: Uint8Array): string | undefined {
  return type === 'bool' && data.some((byte) => byte > 1)
    ? `The input ${name} has elements of type bool, which are 0 or 1.`
    : undefined;
}
