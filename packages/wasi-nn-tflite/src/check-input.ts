import { NnError, type RawTensor, type TensorInfo } from '@wasmedge-plugins/wasi-nn';

/**
 * What an input must be.
 *
 * @returns false when only its shape is another than the model's.
 * @throws {NnError} `invalid_argument` when there is no such input, or its elements are of another type.
 */
export function checkInput(infos: readonly TensorInfo[], index: number, { type, shape }: RawTensor): boolean {
  const info = infos[index];
  if (info === undefined) {
    throw new NnError('invalid_argument', `The model has ${infos.length} inputs, and no input ${index}.`);
  }
  if (info.type !== type) {
    throw new NnError(
      'invalid_argument',
      `The input ${info.name} takes elements of type ${info.type ?? 'that WASI-NN does not have'}, not ${type}.`,
    );
  }
  return sameShape(info.shape, shape);
}

/** The error for an input of another shape. */
export function wrongShape({ name, shape = [] }: TensorInfo, given: readonly number[]): NnError {
  return new NnError(
    'invalid_argument',
    `The input ${name} takes the shape [${shape.join(', ')}], not [${given.join(', ')}].`,
  );
}

/** Whether two shapes are equal. */
export function sameShape(a: readonly number[] | undefined, b: readonly number[]): boolean {
  return a !== undefined && a.length === b.length && a.every((length, index) => length === b[index]);
}
