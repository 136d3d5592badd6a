import type { BackendContext } from '@wasmedge-plugins/wasi-nn';
import { type ConfigOf, deviceFor, type ModelLoader, type ModelRequest } from '@wasmedge-plugins/wasi-nn/kit';
import { readExternalData } from '../external-data.js';
import { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';
import { readModel } from '../model/read-model.js';
import type { settings } from '../read-config.js';
import { OnnxGraph } from './graph.js';
import { OnnxSession } from './session.js';

/** One thread: where processors are busy, several wait for each other in loops. */
const defaults = { threads: 1, optimization: 'all', providers: [] } as const;

/** The provider for graphics processors that the library has on each platform, if it was built with one. */
const graphics: Readonly<Record<string, string>> = { darwin: 'CoreML', win32: 'DML' };

/**
 * ONNX Runtime's library in one runtime.
 *
 * @throws {BackendUnavailableError} when it is not found or cannot be opened.
 */
export function openLibrary({ logger }: BackendContext): ModelLoader<ConfigOf<typeof settings>> {
  const library = OnnxRuntimeLibrary.open();
  logger('info', `ONNX Runtime ${library.version} from ${library.path}`);
  return {
    load({ parts, target, config, origin }) {
      const model = parts[0] as Uint8Array;
      const { externalFiles, shapeless } = readModel(model);
      const contents = readExternalData(externalFiles, origin.files?.[0]);
      const files = contents.map((bytes, index) => ({ name: externalFiles[index] as string, bytes }));
      const wanted = { ...defaults, providers: providersFor(target), ...config };
      return new OnnxGraph(library, OnnxSession.load(library, model, wanted, files, shapeless));
    },
    // A session is read only, and may compute for several at a time. Only the model itself tells two apart.
    sharedBy: ({ parts }) =>
      readModel(parts[0] as Uint8Array).externalFiles.length > 0
        ? undefined
        : `${library.path} ${library.version}`,
  };
}

function providersFor(target: ModelRequest<unknown>['target']): readonly string[] {
  const gpu = [graphics[process.platform] ?? 'CUDA'];
  return deviceFor('ONNX Runtime', { cpu: [], auto: [], gpu }, target);
}
