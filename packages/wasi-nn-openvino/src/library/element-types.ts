import { NnError, type TensorType } from '@wasmedge-plugins/wasi-nn';
import type { OpenVinoLibrary } from './open-vino-library.js';
import { withShape } from './with-shape.js';

/** OpenVINO's numbers of the element types that tensors of WASI-NN have. */
export interface ElementTypes {
  numberOf(type: TensorType): number;
  /** `undefined` for a type that WASI-NN does not know. */
  typeOf(number: number): TensorType | undefined;
}

/** Numbers as of 2025.0; later releases have one entry less at the beginning. */
const numbers: Readonly<Record<TensorType, number>> = {
  bool: 2,
  f16: 4,
  f32: 5,
  f64: 6,
  i8: 8,
  i32: 10,
  i64: 11,
  u8: 17,
};

/**
 * The numbers of the library at hand. The enumeration lost its first entry in a release, so a tensor of type 2 is asked for its size: a boolean
 * has one byte, and what follows it two.
 */
export function elementTypesFor(library: OpenVinoLibrary): ElementTypes {
  const { c, out } = library;
  library.check(
    withShape([1], (shape) => c.tensorCreate(2, shape, out.address)),
    'make a tensor',
  );
  const tensor = library.result;
  library.check(c.tensorByteSize(tensor, out.address), 'tell the size of a tensor');
  const shift = Number(out.u64[0]) === 1 ? 0 : -1;
  c.tensorFree(tensor);
  const types = new Map(
    Object.entries(numbers).map(([type, number]) => [number + shift, type as TensorType]),
  );
  return {
    numberOf(type) {
      const number = numbers[type];
      if (number === undefined)
        throw new NnError('invalid_argument', `OpenVINO has no tensors of type ${type}.`);
      return number + shift;
    },
    typeOf: (number) => types.get(number),
  };
}
