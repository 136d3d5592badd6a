import type { TensorForm, TensorInfo, TensorType } from '@wasmedge-plugins/wasi-nn';
import type { DataType } from '../protocol/data-type.js';
import type { TensorSpec } from './tensor-spec.js';

/** How the bytes of a tensor in WASI-NN are those of the protocol: alike, elements of two bytes each, or elements that begin with their length. */
export type Layout = 'same' | 'pairs' | 'lengths';

interface Form {
  readonly type: TensorType;
  readonly layout: Layout;
}

const same = (...types: readonly TensorType[]) => types.map((type): Form => ({ type, layout: 'same' }));
const pairs: Form = { type: 'u8', layout: 'pairs' };

/**
 * The forms in which WASI-NN has each data type. In the first of them an output is given; an input is taken in each. Guests have no number for `bool` and `i8`,
 * and WASI-NN has no type at all for the others that have `u8` here.
 */
const forms: Readonly<Record<DataType, readonly Form[]>> = {
  BOOL: same('bool', 'u8'),
  UINT8: same('u8'),
  UINT16: [pairs],
  UINT32: same('i32'),
  UINT64: same('i64'),
  INT8: same('i8', 'u8'),
  INT16: [pairs],
  INT32: same('i32'),
  INT64: same('i64'),
  FP16: same('f16'),
  BF16: [pairs, ...same('f16')],
  FP32: same('f32'),
  FP64: same('f64'),
  BYTES: [{ type: 'u8', layout: 'lengths' }],
};

/** The form in which an output is given. */
export function outputForm(dataType: DataType): Form {
  return forms[dataType][0] as Form;
}

/** The form in which an input of this type is taken; `undefined` when it is not. */
export function inputForm(dataType: DataType, type: TensorType): Form | undefined {
  return forms[dataType].find((form) => form.type === type);
}

/** An input or output as WASI-NN describes it. */
export function describeTensor({ name, dataType, shape }: TensorSpec): TensorInfo {
  const [main, ...others] = forms[dataType].map(({ type, layout }): TensorForm => {
    return { type, shape: shapeIn(layout, shape) };
  });
  return { name, ...(main as TensorForm), ...(others.length > 0 && { alsoTakes: others }) };
}

/** A shape of the protocol as WASI-NN has it. */
export function shapeIn(layout: Layout, shape: readonly number[] | undefined): readonly number[] | undefined {
  if (layout === 'lengths') return [-1];
  return layout === 'pairs' && shape !== undefined ? [...shape, 2] : shape;
}
