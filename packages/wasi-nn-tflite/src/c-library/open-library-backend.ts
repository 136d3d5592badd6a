import type { BackendContext, OpenBackend } from '@wasmedge-plugins/wasi-nn';
import { checkLoad } from '../check-load.js';
import { contextBytes } from '../context-bytes.js';
import { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';
import { readConfig } from '../read-config.js';
import { TensorFlowLiteGraph } from './graph.js';
import { TensorFlowLiteModel } from './model.js';

/**
 * TensorFlow Lite's C library in one runtime.
 *
 * @throws {BackendUnavailableError} when it is not found or cannot be opened.
 */
export function openLibraryBackend({ logger }: BackendContext): OpenBackend {
  const library = TensorFlowLiteLibrary.open();
  logger('info', `TensorFlow Lite ${library.version} from ${library.path}`);
  const graphs = new Set<TensorFlowLiteGraph>();
  return {
    load(builders, target, configText, origin) {
      const bytes = checkLoad(builders, target);
      const config = readConfig(configText, origin.config);
      const model = new TensorFlowLiteModel(library, bytes);
      const ended = () => graphs.delete(graph);
      const graph = new TensorFlowLiteGraph(library, model, config, contextBytes(bytes), ended);
      graphs.add(graph);
      return graph;
    },
    [Symbol.dispose]() {
      for (const graph of [...graphs]) graph[Symbol.dispose]();
    },
  };
}
