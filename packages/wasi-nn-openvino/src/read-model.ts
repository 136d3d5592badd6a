import { nativeBytes } from '@wasmedge-plugins/core/native';
import { NnError } from '@wasmedge-plugins/wasi-nn';
import type { OpenVinoLibrary } from './library/open-vino-library.js';
import { withShape } from './library/with-shape.js';

/**
 * Reads a model and gives its inputs new shapes. The weights are copied: the model keeps using them.
 *
 * @param source the XML or another format's bytes, or the path of a file of another format.
 * @returns a pointer to the model, which the caller frees.
 */
export function readModel(
  library: OpenVinoLibrary,
  core: number,
  source: Uint8Array | string,
  weights: Uint8Array,
  shapes: Readonly<Record<string, readonly number[]>>,
): number {
  const { c, out } = library;
  if (typeof source === 'string') {
    library.check(c.coreReadFile(core, source, 0, out.address), 'read the model');
  } else {
    readBytes(library, core, source, weights);
  }
  const model = library.result;
  try {
    for (const [name, shape] of Object.entries(shapes)) reshape(library, model, name, shape);
    return model;
  } catch (error) {
    c.modelFree(model);
    throw error;
  }
}

function readBytes(library: OpenVinoLibrary, core: number, bytes: Uint8Array, weights: Uint8Array): void {
  if (bytes.byteLength === 0) throw new NnError('runtime_error', 'The XML of the model is empty.');
  const { c, out } = library;
  const tensor = weightsTensor(library, weights);
  try {
    library.check(c.coreReadModel(core, bytes, bytes.byteLength, tensor, out.address), 'read the model');
  } finally {
    // The model has its own hold on the tensor's memory.
    if (tensor !== 0) c.tensorFree(tensor);
  }
}

/** A tensor with a copy of the weights; 0, for no tensor, when there are none. */
function weightsTensor(library: OpenVinoLibrary, weights: Uint8Array): number {
  if (weights.byteLength === 0) return 0;
  const { c, out, elementTypes } = library;
  library.check(
    withShape([weights.byteLength], (shape) =>
      c.tensorCreate(elementTypes.numberOf('u8'), shape, out.address),
    ),
    'allocate the weights',
  );
  const tensor = library.result;
  library.check(c.tensorData(tensor, out.address), 'allocate the weights');
  nativeBytes(library.result, weights.byteLength).set(weights);
  return tensor;
}

function reshape(library: OpenVinoLibrary, model: number, name: string, shape: readonly number[]): void {
  const { c, out } = library;
  withShape(shape, ({ rank, dims }) => {
    library.check(
      c.partialShapeStatic(rank, dims, out.address),
      `set the shape of the input ${name}`,
      'invalid_argument',
    );
  });
  const partial = { rankMin: Number(out.i64[0]), rankMax: Number(out.i64[1]), dims: Number(out.u64[2]) };
  const status = c.modelReshape(model, name, partial);
  const problem = status === 0 ? '' : c.lastError();
  out.i64[0] = BigInt(partial.rankMin);
  out.i64[1] = BigInt(partial.rankMax);
  out.u64[2] = BigInt(partial.dims);
  c.partialShapeFree(out.address);
  if (status !== 0) {
    throw new NnError(
      'invalid_argument',
      `OpenVINO could not set the shape of the input ${name}: ${problem || `status ${status}`}`,
    );
  }
}
