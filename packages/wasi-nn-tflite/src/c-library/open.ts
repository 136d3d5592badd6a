import type { BackendContext } from '@wasmedge-plugins/wasi-nn';
import type { ConfigOf, ModelLoader } from '@wasmedge-plugins/wasi-nn/kit';
import { contextBytes } from '../context-bytes.js';
import { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';
import type { settings } from '../read-config.js';
import { TensorFlowLiteGraph } from './graph.js';
import { TensorFlowLiteModel } from './model.js';

/** One thread: where processors are busy, several wait for each other in loops, and take a hundred times as long. */
const defaults = { threads: 1, resize: false };

/**
 * TensorFlow Lite's C library in one runtime.
 *
 * @throws {BackendUnavailableError} when it is not found or cannot be opened.
 */
export function openLibrary({ logger }: BackendContext): ModelLoader<ConfigOf<typeof settings>> {
  const library = TensorFlowLiteLibrary.open();
  logger('info', `TensorFlow Lite ${library.version} from ${library.path}`);
  return {
    load({ parts, config }) {
      const bytes = parts[0] as Uint8Array;
      const model = new TensorFlowLiteModel(library, bytes);
      return new TensorFlowLiteGraph(library, model, { ...defaults, ...config }, contextBytes(bytes));
    },
    // A model is read only; what a computation changes is in the interpreter of a context.
    sharedBy: () => `${library.path} ${library.version}`,
  };
}
