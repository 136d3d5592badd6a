import { DisposedError } from '@wasmedge-plugins/core';
import type { ExecutionContext, RawTensor, TensorInfo } from '../backend.js';
import { NnError } from '../errors.js';
import { checkInput } from './check-input.js';

/**
 * An execution context as a backend needs it: inputs are checked and counted, one computation runs at a time, outputs are those of the last
 * one, and what is disposed while it computes is freed when that has ended. A subclass says how its library does each of these.
 *
 * `Outcome` is what a computation of the library gives: a status, or all outputs.
 */
export abstract class TensorContext<Outcome> implements ExecutionContext {
  /** See {@link ExecutionContext.onShortBuffer}. */
  readonly onShortBuffer: 'error' | 'truncate' = 'error';
  readonly #inputs: readonly TensorInfo[] | undefined;
  readonly #given = new Set<number>();
  #state: 'idle' | 'busy' = 'idle';
  #isComputed = false;
  #isDisposed = false;

  /** @param inputs what the model says of its inputs; `undefined` where its format does not tell. */
  constructor(inputs: readonly TensorInfo[] | undefined) {
    this.#inputs = inputs;
  }

  abstract readonly outputCount: number;

  /** Copies an input, which was found to be one of the model's and of its type. */
  protected abstract write(index: number, tensor: RawTensor): void;
  /** Makes ready what {@link TensorContext.invoke} needs, when every input is there. Default: nothing. */
  protected prepare(): void {}
  /** Computes, in this thread. */
  protected abstract invoke(): Outcome;
  /** Computes off this thread; else as {@link TensorContext.invoke}. */
  protected abstract invokeAsync(): Promise<Outcome>;
  /** @throws {NnError} for an outcome that is a failure. */
  protected abstract finish(outcome: Outcome): void;
  /** An output of the last computation, which succeeded. */
  protected abstract read(index: number): RawTensor;
  /** Frees what the library holds; called once. */
  protected abstract free(): void;

  setInput(index: number, tensor: RawTensor): void {
    this.checkFree();
    if (this.#inputs !== undefined) checkInput(this.#inputs, index, tensor);
    this.write(index, tensor);
    this.#given.add(index);
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
        `The model has ${this.outputCount} outputs, and no output ${index}.`,
      );
    }
    if (!this.#isComputed) {
      throw new NnError('runtime_error', 'Nothing was computed yet, or the last computation failed.');
    }
    return this.read(index);
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    if (this.#state === 'idle') this.free();
  }

  /** @throws {NnError} `busy` while it computes; {@link DisposedError} after disposal. */
  protected checkFree(): void {
    if (this.#isDisposed) throw new DisposedError('The execution context was disposed; make another one.');
    if (this.#state === 'busy') throw new NnError('busy', 'The context is computing.');
  }

  /** Whether an input was set. */
  protected isGiven(index: number): boolean {
    return this.#given.has(index);
  }

  /** Lets the outputs of the last computation be gone. */
  protected forgetOutputs(): void {
    this.#isComputed = false;
  }

  /** Work off this thread, during which the context takes no other call and is not freed. */
  protected async whileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#state = 'busy';
    try {
      return await work();
    } finally {
      this.#state = 'idle';
      if (this.#isDisposed) this.free();
    }
  }

  /** What is to be so before it computes; the outputs of the last time are gone then. */
  protected begin(): void {
    this.checkFree();
    const missing = this.#inputs?.find((_, index) => !this.#given.has(index));
    if (missing !== undefined) {
      throw new NnError('runtime_error', `The input ${missing.name} was not set.`);
    }
    this.#isComputed = false;
    this.prepare();
  }
}
