import { maxTensors } from '../bounds.js';
import { type DataType, isDataType } from '../data-type.js';
import { MalformedMessage } from '../malformed.js';
import type { InferOutput, InferResponse } from '../messages.js';
import { checkRawTensor, elementCount } from '../tensor-size.js';
import { ProtoReader } from './proto-reader.js';
import { readShape } from './read-shape.js';
import { readTypedContents } from './typed-contents.js';

/** Most fields of an answer, and of an output in it, known or not: a server that repeats them would only take time. */
const maxFields = 4 * maxTensors;

/** What is read of an output before the raw contents, which come after all of them, are known. */
interface OutputParts {
  readonly name: string;
  readonly dataType: DataType;
  readonly shape: readonly number[];
  readonly contents: ProtoReader | undefined;
}

/**
 * Reads the answer of ModelInfer; tensors that came raw are views of it.
 *
 * @param shared names of the outputs that the server was to put into shared memory
 * @param maxTensorBytes most bytes of the tensors that came as numbers, which may be larger than the message
 */
export function readInferResponse(
  message: Buffer,
  shared: ReadonlySet<string>,
  maxTensorBytes: number,
): InferResponse {
  const reader = new ProtoReader(message);
  let name = '';
  let version = '';
  let id = '';
  const parts: OutputParts[] = [];
  const raw: Buffer[] = [];
  for (let fields = 1; reader.next(); fields++) {
    checkFields(fields);
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) version = reader.string();
    else if (reader.field === 3) id = reader.string();
    else if (reader.field === 5) {
      checkRoom(parts);
      parts.push(readOutput(reader.nested()));
    } else if (reader.field === 6) {
      checkRoom(raw);
      raw.push(reader.bytes());
    } else reader.skip();
  }
  return { model: { name, version }, id, outputs: joinOutputs(parts, raw, shared, maxTensorBytes) };
}

/** Where the first raw contents begin, if that is in the beginning of an answer that is here. */
export function rawContentsBegin(beginning: Buffer): number | undefined {
  const reader = new ProtoReader(beginning);
  try {
    while (reader.next()) {
      if (reader.field !== 6) {
        reader.skip();
        continue;
      }
      reader.varint();
      return reader.position;
    }
  } catch (error) {
    // Where it is broken, and does not only end, reading all of it tells.
    if (!(error instanceof MalformedMessage)) throw error;
  }
  return undefined;
}

function checkRoom(list: readonly unknown[]): void {
  if (list.length === maxTensors) throw new MalformedMessage(`has more than ${maxTensors} outputs`);
}

function checkFields(fields: number): void {
  if (fields > maxFields) throw new MalformedMessage(`has more than ${maxFields} fields`);
}

function readOutput(reader: ProtoReader): OutputParts {
  let name = '';
  let dataType = '';
  let contents: ProtoReader | undefined;
  const shape: number[] = [];
  for (let fields = 1; reader.next(); fields++) {
    checkFields(fields);
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) dataType = reader.string();
    else if (reader.field === 3) readShape(reader, shape);
    else if (reader.field === 5) {
      if (contents !== undefined) throw new MalformedMessage(`has two contents for the output "${name}"`);
      contents = reader.nested();
    } else reader.skip();
  }
  if (!isDataType(dataType)) {
    throw new MalformedMessage(`has the output "${name}" of the unknown data type "${dataType}"`);
  }
  elementCount(shape);
  return { name, dataType, shape, contents };
}

/** Raw contents are in the order of the outputs; a server may leave out those of outputs in shared memory, or have empty ones. */
function joinOutputs(
  parts: readonly OutputParts[],
  raw: readonly Buffer[],
  shared: ReadonlySet<string>,
  maxTensorBytes: number,
): readonly InferOutput[] {
  const isLeftOut = raw.length !== parts.length;
  let index = 0;
  let bytesLeft = maxTensorBytes;
  const outputs = parts.map(({ name, dataType, shape, contents }): InferOutput => {
    if (shared.has(name)) {
      if (!isLeftOut && raw[index++]?.byteLength !== 0) {
        throw new MalformedMessage(
          `has raw contents for the output "${name}", which should be in shared memory`,
        );
      }
      return { name, dataType, shape, data: undefined };
    }
    try {
      const data =
        raw.length > 0 ? raw[index++] : readTypedContents(contents, dataType, elementCount(shape), bytesLeft);
      if (data === undefined) throw new MalformedMessage('has no raw contents');
      if (raw.length === 0) bytesLeft -= data.byteLength;
      checkRawTensor(dataType, shape, data);
      return { name, dataType, shape, data };
    } catch (error) {
      if (error instanceof MalformedMessage) {
        throw new MalformedMessage(`has an output "${name}" that ${error.message}`);
      }
      throw error;
    }
  });
  if (index !== raw.length) throw new MalformedMessage('has more raw contents than outputs');
  return outputs;
}
