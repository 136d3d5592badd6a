import {
  brokenModel,
  type DescribedTensor,
  type ModelDescription,
  readModelFile,
} from '@wasmedge-plugins/wasi-nn/kit';
import { ModelReader, type PortTensor } from './model-reader.js';

const format = 'TensorFlow Lite';

/** Flatbuffers cannot be larger than 2 GiB. */
const maxBytes = 2 ** 31 - 1;

/** `TensorType` of the schema of TensorFlow Lite, by its numbers. */
const types =
  'f32 f16 i32 u8 i64 string bool i16 complex64 i8 f64 complex128 u64 resource variant u32 u16 i4'.split(' ');

/**
 * What a `.tflite` file reveals about its model. None of it is trusted, and nothing is run.
 *
 * @throws {InvalidArgumentError} when it cannot be read, or is something else.
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const bytes = readModelFile(path, maxBytes);
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') !== 'TFL3') {
    throw brokenModel(path, format, 'it does not begin as one');
  }
  try {
    const { inputs, outputs } = new ModelReader(bytes).ports();
    new ModelReader(bytes).checkRest();
    return {
      format,
      bytes: bytes.byteLength,
      inputs: inputs.map(describe),
      outputs: outputs.map(describe),
      notes: [],
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw brokenModel(path, format, error.message);
  }
}

function describe({ name, type, shape, scale, zeroPoint = [], dimension }: PortTensor): DescribedTensor {
  return {
    name,
    type: types[type] ?? `type ${type} of the schema`,
    shape,
    ...(scale !== undefined && {
      quantisation: { scale, zeroPoint, ...(scale.length > 1 && { dimension }) },
    }),
  };
}
