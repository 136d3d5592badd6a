import { maxDimensions, maxTensors } from '../bounds.js';
import { isDataType } from '../data-type.js';
import { MalformedMessage } from '../malformed.js';
import type { InferOutput, InferResponse } from '../messages.js';
import { checkRawTensor, elementCount } from '../tensor-size.js';
import { JsonReader } from './json-reader.js';
import { tensorFromJson } from './tensor-values.js';

/** What JSON says of an output. Its values may stand before its data type: they are read at the end. */
interface OutputParts {
  name: string;
  dataType: string;
  shape: number[];
  binaryBytes: number | undefined;
  dataPosition: number | undefined;
}

/** What an answer is read with. */
export interface ResponseParts {
  readonly body: Buffer;
  /** Bytes of the JSON at its beginning; binary tensors follow. */
  readonly jsonBytes: number;
  /** Names of the outputs that the server was to put into shared memory. */
  readonly shared: ReadonlySet<string>;
  /** Most bytes of the tensors that came as JSON. */
  readonly maxTensorBytes: number;
}

/** Reads the answer to an inference; tensors that came in binary form are views of it. */
export function readInferResponse({ body, jsonBytes, shared, maxTensorBytes }: ResponseParts): InferResponse {
  const json = body.subarray(0, jsonBytes);
  const reader = new JsonReader(json);
  let name = '';
  let version = '';
  let id = '';
  let parts: readonly OutputParts[] = [];
  reader.object((member) => {
    if (member === 'model_name') name = reader.string();
    else if (member === 'model_version' && reader.kind() === 'string') version = reader.string();
    else if (member === 'id' && reader.kind() === 'string') id = reader.string();
    else if (member === 'outputs') parts = readOutputs(reader);
    else reader.skip();
  });
  reader.end();
  let position = jsonBytes;
  let bytesLeft = maxTensorBytes;
  const outputs = parts.map((part): InferOutput => {
    const { name, dataType, shape, binaryBytes, dataPosition } = part;
    try {
      if (!isDataType(dataType)) throw new MalformedMessage(`has the unknown data type "${dataType}"`);
      const count = elementCount(shape);
      if (shared.has(name)) {
        if (dataPosition !== undefined) throw new MalformedMessage('should be in shared memory, but came');
        return { name, dataType, shape, data: undefined };
      }
      if (binaryBytes === undefined && dataPosition === undefined) throw new MalformedMessage('has no data');
      let data: Uint8Array;
      if (binaryBytes !== undefined) {
        if (binaryBytes < 0 || binaryBytes > body.byteLength - position) {
          throw new MalformedMessage(`should have ${binaryBytes} bytes, which did not come`);
        }
        data = body.subarray(position, position + binaryBytes);
        position += binaryBytes;
      } else {
        data = tensorFromJson(new JsonReader(json, dataPosition), dataType, count, bytesLeft);
        bytesLeft -= data.byteLength;
      }
      checkRawTensor(dataType, shape, data);
      return { name, dataType, shape, data };
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      throw new MalformedMessage(`has an output "${name}" that ${error.message}`);
    }
  });
  if (position !== body.byteLength) {
    throw new MalformedMessage(`has ${body.byteLength - position} bytes that belong to no output`);
  }
  return { model: { name, version }, id, outputs };
}

function readOutputs(reader: JsonReader): readonly OutputParts[] {
  const outputs: OutputParts[] = [];
  reader.array(() => {
    if (outputs.length === maxTensors) throw new MalformedMessage(`has more than ${maxTensors} outputs`);
    outputs.push(readOutput(reader));
  });
  return outputs;
}

function readOutput(reader: JsonReader): OutputParts {
  const parts: OutputParts = {
    name: '',
    dataType: '',
    shape: [],
    binaryBytes: undefined,
    dataPosition: undefined,
  };
  reader.object((member) => {
    if (member === 'name') parts.name = reader.string();
    else if (member === 'datatype') parts.dataType = reader.string();
    else if (member === 'shape') parts.shape = readShape(reader);
    else if (member === 'parameters' && reader.kind() === 'object') {
      reader.object((parameter) => {
        if (parameter === 'binary_data_size') parts.binaryBytes = reader.integer();
        else reader.skip();
      });
    } else {
      if (member === 'data') parts.dataPosition = reader.position;
      reader.skip();
    }
  });
  return parts;
}

/** Reads dimensions. */
export function readShape(reader: JsonReader): number[] {
  const shape: number[] = [];
  reader.array(() => {
    if (shape.length === maxDimensions) {
      throw new MalformedMessage(`has a tensor of more than ${maxDimensions} dimensions`);
    }
    shape.push(reader.integer());
  });
  return shape;
}
