import { InvalidArgumentError, refuseLostBytes } from '@wasmedge-plugins/core';
import type { RawTensor } from './backend.js';
import { describeType } from './describe-type.js';
import { ModelMismatchError } from './errors.js';
import { shapesAgree } from './model-definition.js';
import { tensor as makeTensor, type Tensor } from './tensor.js';

/** Throws for an output that is not what its definition says: a format that does not tell types and shapes shows them in the result only. */
export function checkOutput(
  name: string,
  { type, shape }: Pick<RawTensor, 'type' | 'shape'>,
  declaredType: Tensor['type'] | undefined,
  declaredShape: Tensor['shape'] | undefined,
): void {
  if (declaredType !== undefined && type !== declaredType) {
    throw new ModelMismatchError(
      `The output ${name} of the model has elements of type ${type}, but the definition says ${declaredType}.`,
    );
  }
  if (declaredShape !== undefined && !shapesAgree(shape, declaredShape)) {
    throw new ModelMismatchError(
      `The output ${name} of the model has the shape [${shape.join(', ')}], but the definition says [${declaredShape.join(', ')}].`,
    );
  }
}

/** Throws for what is not a tensor, and for one that the model or its definition does not take. */
export function checkInput(
  name: string,
  tensor: Tensor | undefined,
  type: Tensor['type'] | undefined,
  shape: Tensor['shape'] | undefined,
): asserts tensor is Tensor {
  const { type: givenType, shape: givenShape, data } = (tensor ?? {}) as Partial<Tensor>;
  if (givenType === undefined || givenShape === undefined || data === undefined) {
    throw new InvalidArgumentError(
      `The input ${name} must be a tensor, made by tensor(), not ${describeType(tensor)}.`,
    );
  }
  if (ArrayBuffer.isView(data)) refuseLostBytes(`The data of the input ${name}`, data);
  // One that was made by hand need not fit together.
  makeTensor(givenType, givenShape, data);
  if (type !== undefined && givenType !== type) {
    throw new InvalidArgumentError(`The input ${name} takes elements of type ${type}, not ${givenType}.`);
  }
  if (shape !== undefined && !shapesAgree(shape, givenShape)) {
    throw new InvalidArgumentError(
      `The input ${name} takes the shape [${shape.join(', ')}], not [${givenShape.join(', ')}].`,
    );
  }
}
