import { DisposedError } from '@wasmedge-plugins/core';
import type { ExecutionContext, RawTensor, ShortBufferRule, TensorInfo } from '../backend.js';
import { NnError } from '../errors.js';
import { checkInput } from './check-input.js';

/**
 * An execution context as a backend needs it: inputs are checked and counted, one computation runs at a time, outputs are those of the last
 * one, and a context that is disposed while it computes is freed once that has ended. A subclass says how its library does each of these.
 *
 * `Outcome` is the result of a computation of the library: a status, or all outputs.
 */
export abstract class TensorContext<Outcome> implements ExecutionContext {
  /** See {@link ExecutionContext.onShortBuffer}. */
  readonly onShortBuffer: ShortBufferRule = 'error';
  readonly #inputs: readonly TensorInfo[] | undefined;
  readonly #given: true[] = [];
  #state: 'idle' | 'busy' = 'idle';
  #isComputed = false;
  #isDisposed = false;

  /**
   * Makes the part of a context that all backends have.
   *
   * @param inputs the model's description of its inputs; `undefined` if its format has none.
   */
  constructor(inputs: readonly TensorInfo[] | undefined) {
    this.#inputs = inputs;
  }

  /** Number of outputs that there are, or that were computed. */
  abstract readonly outputCount: number;

  /**
   * Copies an input that has been checked to be one of the model's and of its type.
   *
   * @param index the index of the input in the model.
   * @throws {NnError} when the library refuses it.
   */
  protected abstract write(index: number, tensor: RawTensor): void;
  /**
   * Prepares what `invoke` needs, once every input is set. Default: nothing.
   *
   * @throws {NnError} when that fails; nothing is computed then.
   */
  protected prepare(): void {}
  /** Computes, in this thread. */
  protected abstract invoke(): Outcome;
  /** Computes off this thread; otherwise like `invoke`. */
  protected abstract invokeAsync(): Promise<Outcome>;
  /**
   * Checks the outcome of a computation.
   *
   * @throws {NnError} for a failure.
   */
  protected abstract finish(outcome: Outcome): void;
  /**
   * An output of the last computation; called only if that succeeded.
   *
   * @param index the index of the output in the model.
   * @throws {NnError} when the library does not return it.
   */
  protected abstract read(index: number): RawTensor;
  /** Frees what the library holds; called once. */
  protected abstract free(): void;

  setInput(index: number, tensor: RawTensor): void {
    this.checkFree();
    if (this.#inputs !== undefined) checkInput(this.#inputs, index, tensor);
    this.write(index, tensor);
    this.#given[index] = true;
  }

  compute(): void {
    this.begin();
    this.finish(this.invoke());
    this.#isComputed = true;
  }

  async computeAsync(): Promise<void> {
    this.begin();
    await this.whileBusy(async () => {
      this.finish(await this.invokeAsync());
      this.#isComputed = true;
    });
  }

  output(index: number): RawTensor {
    this.checkFree();
    if (!(index < this.outputCount)) {
      throw new NnError(
        'invalid_argument',
        `The model has ${this.outputCount} outputs, so no output ${index}.`,
      );
    }
    if (!this.#isComputed) {
      throw new NnError('runtime_error', 'Nothing has been computed yet, or the last computation failed.');
    }
    return this.read(index);
  }

  /** Frees the context; while it computes, it is freed once that has ended. */
  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    if (this.#state === 'idle') this.free();
  }

  /**
   * Call it before anything that the context can only do one at a time.
   *
   * @throws {NnError} `busy` while it computes.
   * @throws {DisposedError} after disposal.
   */
  protected checkFree(): void {
    if (this.#isDisposed) throw new DisposedError('The execution context was disposed; create another one.');
    if (this.#state === 'busy') throw new NnError('busy', 'The context is computing.');
  }

  /** Whether the input of this index was set. */
  protected isGiven(index: number): boolean {
    return this.#given[index] === true;
  }

  /** Discards the outputs of the last computation. */
  protected forgetOutputs(): void {
    this.#isComputed = false;
  }

  /** Work off this thread, during which the context accepts no other call and is not freed. */
  protected async whileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#state = 'busy';
    try {
      return await work();
    } finally {
      this.#state = 'idle';
      if (this.#isDisposed) this.free();
    }
  }

  /**
   * Checks what must hold before it computes, and discards the last outputs.
   *
   * @throws {NnError} `runtime_error` when an input is missing, `busy` while it computes.
   * @throws {DisposedError} after disposal.
   */
  protected begin(): void {
    this.checkFree();
    const inputs = this.#inputs ?? [];
    for (let index = 0; index < inputs.length; index++) {
      if (this.#given[index] === true) continue;
      throw new NnError('runtime_error', `The input ${inputs[index]?.name} was not set.`);
    }
    this.#isComputed = false;
    this.prepare();
  }
}
