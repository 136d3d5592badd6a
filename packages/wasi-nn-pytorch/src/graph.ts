import type { Graph } from '@wasmedge-plugins/wasi-nn';
import type { ConfigOf } from '@wasmedge-plugins/wasi-nn/kit';
import { PyTorchContext } from './execution-context.js';
import type { TorchLibrary } from './library/torch-library.js';
import type { settings } from './read-config.js';

type Config = ConfigOf<typeof settings>;

/** A loaded TorchScript module. The format tells neither types nor shapes of inputs and outputs. */
export class PyTorchGraph implements Graph {
  readonly inputs = undefined;
  readonly outputs = undefined;
  readonly #library: TorchLibrary;
  readonly #model: number;
  readonly #config: Config;

  constructor(library: TorchLibrary, model: number, config: Config) {
    this.#library = library;
    this.#model = model;
    this.#config = config;
  }

  createContext(): PyTorchContext {
    const { outputTypes = 'f32', threads = 0 } = this.#config;
    const context = this.#library.createContext(this.#model, outputTypes === 'own', threads);
    return new PyTorchContext(this.#library, context);
  }

  /** A context that is still there stays usable: it shares the module. */
  [Symbol.dispose](): void {
    this.#library.c.modelFree(this.#model);
  }
}
