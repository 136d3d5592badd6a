import { elementTypes } from '@wasmedge-plugins/wasi-nn/kit';

/** The numbers that ONNX and the C interface of ONNX Runtime have for the element types that WASI-NN has. */
export const onnxTypes = elementTypes('ONNX Runtime', {
  f32: 1,
  u8: 2,
  i8: 3,
  i32: 6,
  i64: 7,
  bool: 9,
  f16: 10,
  f64: 11,
});

/** Bytes of an element of each type that both runtimes have for inputs and outputs, by the numbers of the format: those of WASI-NN, u16, i16, u32 and u64. */
const sizes: Readonly<Record<number, number>> = {
  ...{ 1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8 },
};

/** Bytes of an element; `undefined` for a type that no input or output can have here. */
export function elementBytes(number: number): number | undefined {
  return sizes[number];
}

const typeNames =
  '? f32 u8 i8 u16 i16 i32 i64 string bool f16 f64 u32 u64 complex64 complex128 bf16 f8e4m3fn f8e4m3fnuz f8e5m2 f8e5m2fnuz u4 i4 f4e2m1 f8e8m0 u2 i2'.split(
    ' ',
  );

/** The name of an element type of the format, that of WASI-NN where it has one. */
export function typeName(number: number): string {
  return typeNames[number] ?? `type ${number} of the format`;
}
