import type { InferInput, InferRequest, ParameterValue, RequestedOutput, SharedRange } from '../messages.js';
import type { ProtoWriter } from './proto-writer.js';

/** Writes what ModelInfer asks with: tensors raw, in the order of the inputs, without those that lie in shared memory. */
export function writeInferRequest(writer: ProtoWriter, request: InferRequest): void {
  writer.string(1, request.model.name);
  writer.string(2, request.model.version ?? '');
  writer.string(3, request.id);
  for (const [name, value] of Object.entries(request.parameters)) writeParameter(writer, 4, name, value);
  for (const input of request.inputs) writer.message(5, () => writeInput(writer, input));
  for (const output of request.outputs) writer.message(6, () => writeOutput(writer, output));
  for (const { data } of request.inputs) {
    if (data instanceof Uint8Array) writer.bytes(7, data);
  }
}

function writeInput(writer: ProtoWriter, { name, dataType, shape, data }: InferInput): void {
  writer.string(1, name);
  writer.string(2, dataType);
  writer.packed(3, shape);
  if (!(data instanceof Uint8Array)) writeRange(writer, 4, data);
}

function writeOutput(writer: ProtoWriter, { name, into }: RequestedOutput): void {
  writer.string(1, name);
  if (into !== undefined) writeRange(writer, 2, into);
}

function writeRange(writer: ProtoWriter, field: number, range: SharedRange): void {
  writeParameter(writer, field, 'shared_memory_byte_size', range.byteLength);
  if (range.offset > 0) writeParameter(writer, field, 'shared_memory_offset', range.offset);
  writeParameter(writer, field, 'shared_memory_region', range.region);
}

/** An entry of a map from string to InferParameter. Whole numbers go as int64, for servers accept no double for those. */
function writeParameter(writer: ProtoWriter, field: number, name: string, value: ParameterValue): void {
  writer.message(field, () => {
    writer.string(1, name);
    writer.message(2, () => {
      if (typeof value === 'boolean') writer.int64(1, value ? 1n : 0n);
      else if (typeof value === 'string') writer.oneOfString(3, value);
      else if (typeof value === 'number' && !Number.isSafeInteger(value)) writer.double(4, value);
      else if (BigInt.asIntN(64, BigInt(value)) === BigInt(value)) writer.int64(2, BigInt(value));
      else writer.int64(5, BigInt(value));
    });
  });
}
