import { dataTypeSize } from '../protocol/data-type.js';
import type { InferInput, InferRequest, RequestedOutput, SharedRange } from '../protocol/messages.js';

/** An inference whose tensors lie in a region. */
export interface PlacedTensors {
  readonly byteLength: number;
  /** The request for a region. */
  request(region: string): InferRequest;
  /** Where the outputs are, by name. */
  outputs(region: string): ReadonlyMap<string, SharedRange>;
}

/** An output that goes into the region. */
export interface SizedOutput {
  readonly name: string;
  readonly byteLength: number;
}

/**
 * Gives each input, and each output whose size is known, a place in a region.
 *
 * @param sizes bytes of outputs by name; the others come in the answer
 */
export function placeTensors(request: InferRequest, sizes: ReadonlyMap<string, number>): PlacedTensors {
  let end = 0;
  const place = (byteLength: number) => {
    const offset = end;
    // Whoever reads elements of eight bytes, or by vectors, finds them aligned.
    end += Math.ceil(byteLength / 64) * 64;
    return { offset, byteLength };
  };
  // Servers refuse ranges of no bytes.
  const inputs = request.inputs.map((input) => {
    const { data } = input;
    return {
      input,
      range: data instanceof Uint8Array && data.byteLength > 0 ? place(data.byteLength) : undefined,
    };
  });
  const outputs = request.outputs.map((output) => {
    const byteLength = output.into === undefined ? (sizes.get(output.name) ?? 0) : 0;
    return { output, range: byteLength > 0 ? place(byteLength) : undefined };
  });
  return {
    byteLength: end,
    request: (region) => ({
      ...request,
      inputs: inputs.map(
        ({ input, range }): InferInput =>
          range === undefined ? input : { ...input, data: { region, ...range } },
      ),
      outputs: outputs.map(
        ({ output, range }): RequestedOutput =>
          range === undefined ? output : { ...output, into: { region, ...range } },
      ),
    }),
    outputs: (region) =>
      new Map(
        outputs.flatMap(({ output: { name }, range }) =>
          range === undefined ? [] : [[name, { region, ...range }] as const],
        ),
      ),
  };
}

/** Bytes of a tensor; undefined where its shape does not tell. */
export function sizeOf(dataType: keyof typeof dataTypeSize, shape: readonly number[]): number | undefined {
  if (dataType === 'BYTES' || shape.some((length) => length < 0)) return undefined;
  return shape.reduce((product, length) => product * length, dataTypeSize[dataType]);
}
