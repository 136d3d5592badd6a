import type { Graph, TensorInfo } from '@wasmedge-plugins/wasi-nn';
import type { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';
import { TensorFlowLiteContext } from './execution-context.js';
import { Interpreter } from './interpreter.js';
import type { TensorFlowLiteModel } from './model.js';
import { readTensorInfo } from './read-tensor-info.js';

/** How the interpreters of a model work. */
export interface GraphSettings {
  readonly threads: number;
  readonly resize: boolean;
}

/** A model that was read; each context has an interpreter of its own. */
export class TensorFlowLiteGraph implements Graph {
  readonly #library: TensorFlowLiteLibrary;
  readonly #model: TensorFlowLiteModel;
  readonly #settings: GraphSettings;
  readonly contextBytes: number | undefined;
  /** The interpreter that told the inputs and outputs, until a context takes it. */
  #spare: Interpreter | undefined;
  #infos: Pick<Graph, 'inputs' | 'outputs'> | undefined;

  constructor(
    library: TensorFlowLiteLibrary,
    model: TensorFlowLiteModel,
    settings: GraphSettings,
    contextBytes: number | undefined,
  ) {
    this.#library = library;
    this.#model = model;
    this.#settings = settings;
    this.contextBytes = contextBytes;
  }

  get inputs(): readonly TensorInfo[] | undefined {
    return this.#describe().inputs;
  }

  get outputs(): readonly TensorInfo[] | undefined {
    return this.#describe().outputs;
  }

  createContext(): TensorFlowLiteContext {
    const interpreter = this.#spare ?? this.#interpret();
    this.#spare = undefined;
    return new TensorFlowLiteContext(this.#library, interpreter, this.#settings.resize);
  }

  /** A context that is still there stays usable. */
  [Symbol.dispose](): void {
    this.#spare?.[Symbol.dispose]();
    this.#model.release();
  }

  #interpret(): Interpreter {
    return new Interpreter(this.#library, this.#model, this.#settings.threads);
  }

  #describe(): Pick<Graph, 'inputs' | 'outputs'> {
    if (this.#infos !== undefined) return this.#infos;
    this.#spare ??= this.#interpret();
    const { c } = this.#library;
    const { address } = this.#spare;
    const read = (count: number, tensorAt: (interpreter: number, index: number) => number) =>
      Array.from({ length: count }, (_, index) => this.#readInfo(tensorAt(address, index), index));
    this.#infos = {
      inputs: read(c.inputCount(address), c.input),
      outputs: read(c.outputCount(address), c.output),
    };
    return this.#infos;
  }

  #readInfo(tensor: number, index: number): TensorInfo {
    const info = readTensorInfo(this.#library, tensor, index);
    return this.#settings.resize ? { ...info, shape: info.shape?.map(() => -1) } : info;
  }
}
