import { ModelReader } from './model-reader.js';

/** The number of operators that a library must be told of, which WasmEdge's plug-in tells none. */
const custom = 32;

/** The last operator of TensorFlow Lite 2.12, with which the plug-in of WasmEdge 0.14 is built, and more than any operator's version there. */
const last = 161;
const newestVersion = 16;

/**
 * Whether a library may not know an operator of this model. WasmEdge's plug-in then makes an interpreter without memory for its tensors and
 * says nothing of it.
 */
export function mayLackTensors([model]: readonly Uint8Array[]): boolean {
  if (model === undefined) return true;
  try {
    return [...new ModelReader(model).operators()].some(
      ({ number, version }) => number === custom || number < 0 || number > last || version > newestVersion,
    );
  } catch (error) {
    // What cannot be read may be anything.
    if (error instanceof RangeError) return true;
    throw error;
  }
}
