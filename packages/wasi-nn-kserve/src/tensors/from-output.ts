import type { RawTensor } from '@wasmedge-plugins/wasi-nn';
import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import { dataTypeSize } from '../protocol/data-type.js';
import type { InferOutput } from '../protocol/messages.js';
import { shapesAgree } from './shapes-agree.js';
import { outputForm, shapeIn } from './tensor-forms.js';
import type { TensorSpec } from './tensor-spec.js';

/** An output with its data, wherever the server has put that. */
export type ReceivedOutput = InferOutput & { readonly data: Uint8Array };

/**
 * An output of the protocol as a tensor of WASI-NN, with its data.
 *
 * @throws {BackendFailure} `runtime_error` when it is not what the server has said of the model.
 */
export function fromOutput(spec: TensorSpec, { dataType, shape, data }: ReceivedOutput): RawTensor {
  const { name } = spec;
  if (dataType !== spec.dataType) throw lie(name, `is ${dataType}, but the model's is ${spec.dataType}`);
  if (spec.shape !== undefined && !shapesAgree(spec.shape, shape)) {
    throw lie(name, `has the shape [${shape.join(', ')}], but the model's is [${spec.shape.join(', ')}]`);
  }
  const { type, layout } = outputForm(dataType);
  if (layout === 'lengths') return { type, shape: [data.byteLength], data };
  const size = shape.reduce((product, length) => product * length, dataTypeSize[dataType]);
  if (size !== data.byteLength) {
    throw lie(name, `is ${dataType} [${shape.join(', ')}], but came with ${data.byteLength} bytes`);
  }
  return { type, shape: shapeIn(layout, shape) as readonly number[], data };
}

function lie(name: string, what: string): BackendFailure {
  return new BackendFailure('runtime_error', `The output ${name} of the server ${what}.`);
}
