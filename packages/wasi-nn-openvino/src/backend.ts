import type {
  Backend,
  BackendContext,
  ExecutionTarget,
  LoadOrigin,
  OpenBackend,
} from '@wasmedge-plugins/wasi-nn';
import { NnError } from '@wasmedge-plugins/wasi-nn';
import { OpenVinoGraph } from './graph.js';
import { OpenVinoLibrary } from './library/open-vino-library.js';
import { readConfig } from './read-config.js';
import { readModel } from './read-model.js';
import { readRepresentation } from './read-representation.js';

/** OpenVINO behind WASI-NN. */
export const openVinoBackend: Backend = {
  name: 'openvino',
  encoding: 0,
  encodingNames: ['openvino'],
  open: (context) => new OpenVino(OpenVinoLibrary.open(), context),
};

const devices: Readonly<Partial<Record<ExecutionTarget, string>>> = { cpu: 'CPU', gpu: 'GPU', auto: 'AUTO' };

class OpenVino implements OpenBackend {
  readonly #library: OpenVinoLibrary;
  readonly #core: number;
  readonly #graphs = new Set<OpenVinoGraph>();

  constructor(library: OpenVinoLibrary, { logger }: BackendContext) {
    this.#library = library;
    library.check(library.c.coreCreate(library.out.address), 'start');
    this.#core = library.result;
    logger('info', `OpenVINO ${library.version} from ${library.path}`);
  }

  load(
    builders: readonly Uint8Array[],
    target: ExecutionTarget,
    configText: string | undefined,
    origin: LoadOrigin,
  ): OpenVinoGraph {
    const [first, weights] = builders;
    if (builders.length !== 2 || first === undefined || weights === undefined) {
      throw new NnError(
        'invalid_argument',
        `A model of OpenVINO has 2 parts, XML and weights, not ${builders.length}.`,
      );
    }
    const config = readConfig(configText, origin.config);
    const device = config.device ?? devices[target];
    if (device === undefined) {
      throw new NnError('invalid_argument', `OpenVINO has no device for the target ${target}.`);
    }
    const { xml, tensorBytes } = checkRepresentation(first, origin);
    const model = readModel(this.#library, this.#core, xml, weights, config.shapes ?? {});
    try {
      const properties = config.properties ?? {};
      const ended = () => this.#graphs.delete(graph);
      const graph = new OpenVinoGraph(
        this.#library,
        this.#core,
        model,
        device,
        properties,
        tensorBytes,
        ended,
      );
      this.#graphs.add(graph);
      return graph;
    } finally {
      this.#library.c.modelFree(model);
    }
  }

  [Symbol.dispose](): void {
    for (const graph of [...this.#graphs]) graph[Symbol.dispose]();
    this.#library.c.coreFree(this.#core);
  }
}

/** Takes nothing but an intermediate representation from a guest. A host may have another format that OpenVINO reads from memory. */
function checkRepresentation(
  bytes: Uint8Array,
  { model }: LoadOrigin,
): { readonly xml: Uint8Array; readonly tensorBytes?: number } {
  const read = readRepresentation(bytes);
  if (typeof read !== 'string') return read;
  if (model === 'guest') throw new NnError('invalid_argument', `A guest's model is refused: ${read}.`);
  return { xml: bytes };
}
