import {
  type Backend,
  type BackendContext,
  type ExecutionTarget,
  NnError,
  type OpenBackend,
} from '@wasmedge-plugins/wasi-nn';
import { PyTorchGraph } from './graph.js';
import { TorchLibrary } from './library/torch-library.js';
import { readConfig } from './read-config.js';

/** PyTorch behind WASI-NN. */
export const pytorchBackend: Backend = {
  name: 'pytorch',
  encoding: 3,
  encodingNames: ['pytorch'],
  open: (context) => new PyTorch(TorchLibrary.open(), context),
};

class PyTorch implements OpenBackend {
  readonly #library: TorchLibrary;
  readonly #graphs = new Set<PyTorchGraph>();

  constructor(library: TorchLibrary, { logger }: BackendContext) {
    this.#library = library;
    logger('info', `libtorch ${library.version} through ${library.path}`);
  }

  load(
    builders: readonly Uint8Array[],
    target: ExecutionTarget,
    configText: string | undefined,
  ): PyTorchGraph {
    const [archive] = builders;
    if (builders.length !== 1 || archive === undefined) {
      throw new NnError(
        'invalid_argument',
        `A model of PyTorch has 1 part, a TorchScript archive, not ${builders.length}.`,
      );
    }
    const config = readConfig(configText);
    const model = this.#library.loadModel(checkArchive(archive), this.#usesCuda(target));
    const graph = new PyTorchGraph(this.#library, model, config, () => this.#graphs.delete(graph));
    this.#graphs.add(graph);
    return graph;
  }

  [Symbol.dispose](): void {
    for (const graph of [...this.#graphs]) graph[Symbol.dispose]();
  }

  #usesCuda(target: ExecutionTarget): boolean {
    if (target === 'cpu') return false;
    if (target !== 'gpu') {
      throw new NnError(
        'invalid_argument',
        `PyTorch has no device for the target ${target}; use cpu or gpu.`,
      );
    }
    if (!this.#library.hasCuda) {
      throw new NnError(
        'invalid_argument',
        'The target gpu needs a libtorch with CUDA and a device; use the target cpu.',
      );
    }
    return true;
  }
}

/** The archive, if it is one: only a ZIP file is handed to libtorch, which also knows older formats. */
function checkArchive(bytes: Uint8Array): Uint8Array {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
  if (!isZip) {
    throw new NnError(
      'invalid_argument',
      'The model is no TorchScript archive; torch.jit.save() writes one, torch.save() does not.',
    );
  }
  return bytes;
}
