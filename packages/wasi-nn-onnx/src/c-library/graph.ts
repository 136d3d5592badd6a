import type { Graph, TensorInfo } from '@wasmedge-plugins/wasi-nn';
import type { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';
import { OnnxContext } from './execution-context.js';
import type { OnnxSession } from './session.js';

/** A model that was loaded; a computation changes nothing in it. */
export class OnnxGraph implements Graph {
  readonly #library: OnnxRuntimeLibrary;
  readonly #session: OnnxSession;

  constructor(library: OnnxRuntimeLibrary, session: OnnxSession) {
    this.#library = library;
    this.#session = session;
  }

  get inputs(): readonly TensorInfo[] {
    return this.#session.inputs;
  }

  get outputs(): readonly TensorInfo[] {
    return this.#session.outputs;
  }

  createContext(): OnnxContext {
    return new OnnxContext(this.#library, this.#session);
  }

  /** A context that is still there stays usable. */
  [Symbol.dispose](): void {
    this.#session.release();
  }
}
