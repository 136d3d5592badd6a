import type { RawTensor, TensorInfo } from '../backend.js';
import { NnError } from '../errors.js';
import { formOf, formsOf } from '../tensor-form.js';

/**
 * A model's description of one of its inputs.
 *
 * @throws {NnError} `invalid_argument` when there is no such input, or its element type is not the tensor's.
 */
export function checkInput(
  infos: readonly TensorInfo[],
  index: number,
  { type }: Pick<RawTensor, 'type'>,
): TensorInfo {
  const info = infos[index];
  if (info === undefined) {
    throw new NnError('invalid_argument', `The model has ${infos.length} inputs, so no input ${index}.`);
  }
  if (formOf(info, type) === undefined) {
    const types = formsOf(info).flatMap((form) => form.type ?? []);
    throw new NnError(
      'invalid_argument',
      types.length === 0
        ? `The input ${info.name} has elements of a type that WASI-NN does not have, and cannot be set.`
        : `The input ${info.name} takes elements of type ${types.join(' or ')}, not ${type}.`,
    );
  }
  return info;
}

/**
 * The error for an input whose shape is not the model's.
 *
 * @param given the length of each of the input's dimensions.
 */
export function wrongShape({ name, shape = [] }: TensorInfo, given: readonly number[]): NnError {
  return new NnError(
    'invalid_argument',
    `The input ${name} takes the shape [${shape.join(', ')}], not [${given.join(', ')}].`,
  );
}

/** Whether two shapes, the length of each dimension, are equal. */
export function sameShape(a: readonly number[] | undefined, b: readonly number[]): boolean {
  return a !== undefined && a.length === b.length && a.every((length, index) => length === b[index]);
}
