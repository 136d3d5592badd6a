import type { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';
import type { TensorFlowLiteModel } from './model.js';

/** An interpreter of a model, with its tensors allocated. */
export class Interpreter implements Disposable {
  readonly address: number;
  readonly #library: TensorFlowLiteLibrary;
  readonly #model: TensorFlowLiteModel;

  /** @throws {NnError} `busy`, which is what WasmEdge's plug-in answers, when the model has operators that cannot be run. */
  constructor(library: TensorFlowLiteLibrary, model: TensorFlowLiteModel, threads: number) {
    const { c, errors } = library;
    this.#library = library;
    this.#model = model;
    const options = c.optionsCreate();
    c.optionsSetThreads(options, threads);
    if (errors.reporter !== undefined) {
      c.optionsSetErrorReporter(options, errors.reporter.address, errors.reporter.file);
    }
    this.address = c.interpreterCreate(model.address, options);
    c.optionsDelete(options);
    if (this.address === 0) throw library.error('busy', 'create an interpreter for the model');
    model.retain();
    if (c.allocate(this.address) !== 0) {
      this[Symbol.dispose]();
      throw library.error('busy', "allocate the model's tensors");
    }
  }

  [Symbol.dispose](): void {
    this.#library.c.interpreterDelete(this.address);
    this.#model.release();
  }
}
