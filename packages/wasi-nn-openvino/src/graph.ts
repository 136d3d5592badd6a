import type { Graph, TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { OpenVinoContext } from './execution-context.js';
import type { OpenVinoLibrary } from './library/open-vino-library.js';
import { readPorts } from './read-ports.js';

/** A model that was compiled for a device. */
export class OpenVinoGraph implements Graph {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #library: OpenVinoLibrary;
  readonly #compiled: number;

  constructor(
    library: OpenVinoLibrary,
    core: number,
    model: number,
    device: string,
    properties: Readonly<Record<string, string>>,
    readonly contextBytes: number | undefined,
  ) {
    const { c, out } = library;
    this.#library = library;
    this.inputs = readPorts(library, model, c.modelInputs, c.modelInput);
    this.outputs = readPorts(library, model, c.modelOutputs, c.modelOutput);
    const settings = Object.entries(properties).flat();
    // Arguments of a C function that takes any number of them carry their types.
    const typed = settings.flatMap((text) => ['str', text]);
    library.check(
      c.coreCompileModel(core, model, device, settings.length, out.address, ...typed),
      `compile the model for ${device}`,
    );
    this.#compiled = library.result;
  }

  createContext(): OpenVinoContext {
    const { c, out } = this.#library;
    this.#library.check(c.compiledRequest(this.#compiled, out.address), 'create an inference request');
    return new OpenVinoContext(this.#library, this.#library.result, this.inputs, this.outputs);
  }

  /** A context that is still there stays usable: OpenVINO keeps what it needs. */
  [Symbol.dispose](): void {
    this.#library.c.compiledFree(this.#compiled);
  }
}
