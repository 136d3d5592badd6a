import {
  brokenModel,
  type DescribedTensor,
  type ModelDescription,
  readModelFile,
} from '@wasmedge-plugins/wasi-nn/kit';
import { typeName } from './library/element-types.js';
import { ModelReader, type PortTensor } from './model/model-reader.js';

const format = 'ONNX';

/** Messages of Protocol Buffers cannot be larger than 2 GiB. */
const maxBytes = 2 ** 31 - 1;

/**
 * What a `.onnx` file reveals about its model. None of it is trusted, and nothing is run.
 *
 * @throws {InvalidArgumentError} when it cannot be read, or is something else.
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const bytes = readModelFile(path, maxBytes);
  try {
    const reader = new ModelReader(bytes);
    const { inputs, outputs } = reader.ports();
    reader.checkOperatorSets();
    const { files, others } = reader.externalData();
    const elsewhere = [...new Set([...files, ...others])];
    return {
      format,
      bytes: bytes.byteLength,
      inputs: inputs.map(describe),
      outputs: outputs.map(describe),
      notes: elsewhere.length === 0 ? [] : [`Tensors of it lie in other files: ${elsewhere.join(', ')}.`],
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw brokenModel(path, format, error.message);
  }
}

function describe({ name, type, kind, shape }: PortTensor): DescribedTensor {
  return {
    name,
    type: kind ?? typeName(type ?? 0),
    ...(shape !== undefined && { shape }),
  };
}
