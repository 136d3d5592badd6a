import type { InferInput, InferRequest, Parameters, RequestedOutput, SharedRange } from '../messages.js';
import { NotInJson, tensorToJson } from './tensor-values.js';

/** A request in JSON, and the tensors that follow it in binary form. */
export interface JsonRequest {
  readonly json: Buffer;
  readonly tensors: readonly Uint8Array[];
}

/**
 * Writes an inference as JSON.
 *
 * @param isBinary whether the server takes tensors in binary form behind the JSON
 * @throws {NotInJson} for tensors that JSON cannot have
 */
export function writeInferRequest(request: InferRequest, isBinary: boolean): JsonRequest {
  const { id, inputs, outputs } = request;
  const parameters: Parameters =
    isBinary && outputs.length === 0
      ? { ...request.parameters, binary_data_output: true }
      : request.parameters;
  const json = object([
    id === '' ? undefined : member('id', JSON.stringify(id)),
    parametersMember(parameters),
    member('inputs', array(inputs.map((input) => writeInput(input, isBinary)))),
    outputs.length === 0
      ? undefined
      : member('outputs', array(outputs.map((output) => writeOutput(output, isBinary)))),
  ]);
  const tensors = isBinary ? inputs.flatMap(({ data }) => (data instanceof Uint8Array ? [data] : [])) : [];
  return { json: Buffer.from(json), tensors };
}

function writeInput({ name, dataType, shape, data }: InferInput, isBinary: boolean): string {
  const isHere = data instanceof Uint8Array;
  const parameters = !isHere ? rangeParameters(data) : isBinary ? { binary_data_size: data.byteLength } : {};
  return object([
    member('name', JSON.stringify(name)),
    member('datatype', JSON.stringify(dataType)),
    member('shape', array(shape.map(String))),
    parametersMember(parameters),
    isHere && !isBinary ? member('data', values(name, dataType, data)) : undefined,
  ]);
}

function values(name: string, dataType: InferInput['dataType'], data: Uint8Array): string {
  try {
    return tensorToJson(dataType, data);
  } catch (error) {
    if (error instanceof NotInJson) throw new NotInJson(`The input "${name}" ${error.message}`);
    throw error;
  }
}

function writeOutput({ name, into }: RequestedOutput, isBinary: boolean): string {
  const parameters = into !== undefined ? rangeParameters(into) : isBinary ? { binary_data: true } : {};
  return object([member('name', JSON.stringify(name)), parametersMember(parameters)]);
}

function rangeParameters({ region, offset, byteLength }: SharedRange): Parameters {
  return {
    shared_memory_region: region,
    shared_memory_byte_size: byteLength,
    ...(offset > 0 ? { shared_memory_offset: offset } : {}),
  };
}

function parametersMember(parameters: Parameters): string | undefined {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return undefined;
  return member(
    'parameters',
    object(entries.map(([name, value]) => member(name, parameterText(name, value)))),
  );
}

function parameterText(name: string, value: Parameters[string]): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new NotInJson(`The parameter "${name}" is ${value}, which JSON cannot have`);
  }
  return JSON.stringify(value);
}

function member(name: string, text: string): string {
  return `${JSON.stringify(name)}:${text}`;
}

function object(members: readonly (string | undefined)[]): string {
  return `{${members.filter((text) => text !== undefined).join(',')}}`;
}

function array(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}
