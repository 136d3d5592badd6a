import type { TensorType } from '@wasmedge-plugins/wasi-nn';

/** The names that ONNX Runtime has in JavaScript for the types that WASI-NN has. */
const names = {
  f16: 'float16',
  f32: 'float32',
  f64: 'float64',
  u8: 'uint8',
  i8: 'int8',
  i32: 'int32',
  i64: 'int64',
  bool: 'bool',
} as const satisfies Readonly<Record<TensorType, string>>;

/** The element type of a name of ONNX Runtime in JavaScript; `undefined` for one that WASI-NN does not have. */
export function typeNamed(name: string): TensorType | undefined {
  return (Object.keys(names) as TensorType[]).find((type) => names[type] === name);
}

/** The name that ONNX Runtime has for an element type in JavaScript. */
export function nameOf<Type extends TensorType>(type: Type): (typeof names)[Type] {
  return names[type];
}
