import type { InferResponse, SharedRange } from '../protocol/messages.js';
import { RemoteFailure } from '../transports/remote-failure.js';
import { sizeOf } from './place-tensors.js';
import type { RegionFile } from './region-file.js';

/** An answer with the outputs that the server has put into a region. */
export function readOutputs(
  address: string,
  answer: InferResponse,
  region: RegionFile,
  ranges: ReadonlyMap<string, SharedRange>,
): InferResponse {
  const outputs = answer.outputs.map((output) => {
    if (output.data !== undefined) return output;
    const range = ranges.get(output.name);
    const byteLength = sizeOf(output.dataType, output.shape);
    if (range === undefined || byteLength === undefined || byteLength > range.byteLength) {
      throw new RemoteFailure(
        'malformed',
        `${address} says that the output "${output.name}" is ${output.dataType} [${output.shape.join(', ')}], which its shared memory has no room for.`,
      );
    }
    return { ...output, data: region.read(range, byteLength) };
  });
  return { ...answer, outputs };
}
