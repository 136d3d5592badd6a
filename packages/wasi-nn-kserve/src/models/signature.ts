import { printableName } from '@wasmedge-plugins/core';
import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import { isDataType } from '../protocol/data-type.js';
import type { ModelMetadata, TensorMetadata } from '../protocol/messages.js';
import type { StatedTensor } from '../source.js';
import { shapesAgree } from '../tensors/shapes-agree.js';
import type { TensorSpec } from '../tensors/tensor-spec.js';

/** So many names of a server are shown. */
const maxShown = 20;

/** The inputs and outputs of a model, in the order of the indices that guests use. */
export interface Signature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** What the host states of a model's inputs and outputs. */
export interface Stated {
  readonly inputs?: readonly StatedTensor[] | undefined;
  readonly outputs?: readonly StatedTensor[] | undefined;
}

/**
 * Holds what a server says of a model against what the host states.
 *
 * @param where the model, for messages: `models.road`.
 * @throws {BackendFailure} `runtime_error` when they do not agree, or neither says enough; `unsupported_operation` for a data type that is unknown here.
 */
export function matchSignature(where: string, stated: Stated, metadata: ModelMetadata): Signature {
  const { inputs, outputs } = metadata;
  return {
    inputs: matchTensors(where, 'inputs', stated.inputs, inputs),
    outputs: matchTensors(where, 'outputs', stated.outputs, outputs),
  };
}

function matchTensors(
  where: string,
  what: 'inputs' | 'outputs',
  stated: readonly StatedTensor[] | undefined,
  told: readonly TensorMetadata[],
): readonly TensorSpec[] {
  const known = new Map(told.map((tensor) => [tensor.name, tensor]));
  const twice = told.find((tensor) => known.get(tensor.name) !== tensor);
  if (twice !== undefined) throw refuse(where, `the server names two of its ${what} ${shown(twice.name)}`);
  const odd = told.find(({ name }) => /\p{Cc}/u.test(name));
  if (odd !== undefined) {
    throw refuse(where, `the server has control characters in a name of its ${what}, ${shown(odd.name)}`);
  }
  if (stated === undefined && told.length === 0) {
    throw refuse(
      where,
      `the server does not say what its ${what} are; state them as ${where}.${what}, each with name and dataType, in their order`,
    );
  }
  return (stated ?? told.map(({ name }) => ({ name }))).map((tensor) =>
    merge(where, what, tensor, told.length === 0 ? undefined : known, told),
  );
}

function merge(
  where: string,
  what: 'inputs' | 'outputs',
  { name, dataType, shape }: StatedTensor,
  known: ReadonlyMap<string, TensorMetadata> | undefined,
  all: readonly TensorMetadata[],
): TensorSpec {
  const place = `${where}.${what}.${shown(name)}`;
  if (known === undefined) {
    if (dataType !== undefined) return { name, dataType, shape };
    throw refuse(where, `the server does not say what its ${what} are; state the dataType of ${place} too`);
  }
  const told = known.get(name);
  if (told === undefined) {
    const names = all.slice(0, maxShown).map((each) => shown(each.name));
    if (all.length > maxShown) names.push(`${all.length - maxShown} more`);
    throw refuse(where, `the server has no ${what.slice(0, -1)} ${shown(name)}; it has: ${names.join(', ')}`);
  }
  if (!isDataType(told.dataType)) {
    throw new BackendFailure(
      'unsupported_operation',
      `${where} cannot be used: ${shown(name)} is ${shown(told.dataType)} on the server, which is not known here.`,
    );
  }
  if (dataType !== undefined && dataType !== told.dataType) {
    throw refuse(where, `${place} is stated to be ${dataType}, but is ${told.dataType} on the server`);
  }
  // An empty shape is what servers say that do not know it.
  const toldShape = told.shape.length === 0 ? undefined : told.shape;
  if (shape !== undefined && toldShape !== undefined && !shapesAgree(shape, toldShape)) {
    throw refuse(
      where,
      `${place} is stated to have the shape [${shape.join(', ')}], but has [${toldShape.join(', ')}] on the server`,
    );
  }
  const merged = shape?.map((length, index) => (length === -1 ? (toldShape?.[index] ?? -1) : length));
  return { name, dataType: told.dataType, shape: merged ?? toldShape };
}

/** A name of the server's or the host's, for a message. */
function shown(name: string): string {
  return printableName(name, 100);
}

function refuse(where: string, why: string): BackendFailure {
  return new BackendFailure('runtime_error', `${where} cannot be used: ${why}.`);
}
