import type { RawTensor } from '@wasmedge-plugins/wasi-nn';
import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { DataType } from '../protocol/data-type.js';
import { countByteElements, shapeOfElements } from './byte-elements.js';
import { shapesAgree } from './shapes-agree.js';
import { inputForm, type Layout, shapeIn } from './tensor-forms.js';
import type { TensorSpec } from './tensor-spec.js';

/** An input as it is sent; its data is the tensor's. */
export interface SentInput {
  readonly name: string;
  readonly dataType: DataType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * A tensor of WASI-NN as an input of the protocol.
 *
 * @throws {BackendFailure} `invalid_argument` when it is not what the input takes.
 */
export function toInput(spec: TensorSpec, { type, shape, data }: RawTensor): SentInput {
  const { name, dataType } = spec;
  const what = `the input ${name}`;
  const form = inputForm(dataType, type);
  if (form === undefined) throw refuse(`The input ${name} is ${dataType}, which cannot be given as ${type}.`);
  if (form.layout === 'lengths') {
    const count = countByteElements(`The input ${name}`, data);
    return { name, dataType, shape: shapeOfElements(what, count, spec.shape), data };
  }
  const wanted = shapeIn(form.layout, spec.shape);
  if (wanted !== undefined && !shapesAgree(wanted, shape)) {
    throw refuse(`The input ${name} takes the shape [${wanted.join(', ')}], not [${shape.join(', ')}].`);
  }
  if (dataType === 'BOOL') checkBooleans(name, data);
  return { name, dataType, shape: sentShape(name, dataType, form.layout, shape), data };
}

function sentShape(
  name: string,
  dataType: DataType,
  layout: Layout,
  shape: readonly number[],
): readonly number[] {
  if (layout === 'same') return shape;
  if (shape.at(-1) === 2) return shape.slice(0, -1);
  throw refuse(
    `The input ${name} is ${dataType}, of which u8 gives the two bytes of each element; its last dimension must be 2, but its shape is [${shape.join(', ')}].`,
  );
}

function checkBooleans(name: string, data: Uint8Array): void {
  const wrong = data.findIndex((byte) => byte > 1);
  if (wrong === -1) return;
  throw refuse(`The input ${name} is BOOL, whose bytes are 0 or 1, but byte ${wrong} is ${data[wrong]}.`);
}

function refuse(message: string): BackendFailure {
  return new BackendFailure('invalid_argument', message);
}
