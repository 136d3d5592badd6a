import { type ExecutionTarget, NnError } from '@wasmedge-plugins/wasi-nn';

/**
 * The checks of `load`, in WasmEdge's order.
 *
 * @returns the bytes of the model.
 * @throws {NnError} `invalid_argument` for another target than the processor, or another number of parts than 1.
 */
export function checkLoad(builders: readonly Uint8Array[], target: ExecutionTarget): Uint8Array {
  if (target !== 'cpu') {
    throw new NnError('invalid_argument', `TensorFlow Lite runs on the target cpu here, not on ${target}.`);
  }
  const [model] = builders;
  if (model === undefined || builders.length !== 1) {
    throw new NnError(
      'invalid_argument',
      `A model of TensorFlow Lite has 1 part, its .tflite file, not ${builders.length}.`,
    );
  }
  if (model.byteLength === 0) throw new NnError('invalid_argument', 'The file of the model is empty.');
  return model;
}
