import { NnError } from '../errors.js';
import type { TensorType } from '../tensor-type.js';

/** A library's numbers for the element types of tensors. */
export interface ElementTypes {
  /**
   * The library's code of a type.
   *
   * @throws {NnError} `invalid_argument` for a type that the library does not have.
   */
  numberOf(type: TensorType): number;
  /** The type of a code; `undefined` for a type that WASI-NN does not have. */
  typeOf(number: number): TensorType | undefined;
}

/**
 * The two directions of a library's table.
 *
 * @param title the library's display name.
 * @param numbers the library's code of each type that it has.
 */
export function elementTypes(
  title: string,
  numbers: Readonly<Partial<Record<TensorType, number>>>,
): ElementTypes {
  const types = new Map(Object.entries(numbers).map(([type, number]) => [number, type as TensorType]));
  return {
    numberOf(type) {
      const number = numbers[type];
      if (number === undefined) {
        throw new NnError('invalid_argument', `${title} does not support tensors of type ${type}.`);
      }
      return number;
    },
    typeOf: (number) => types.get(number),
  };
}
