import {
  type ExecutionContext,
  type Graph,
  NnError,
  type RawTensor,
  type TensorInfo,
} from '@wasmedge-plugins/wasi-nn';
import { checkInput, wrongShape } from '../check-input.js';
import type { LiteRtHelper } from './helper.js';

/** A context of LiteRT.js. Its inputs wait here, and cross to the helper thread when it computes. */
export class LiteRtContext implements ExecutionContext {
  readonly smallBuffer = 'error';
  readonly outputCount: number;
  readonly #helper: LiteRtHelper;
  readonly #name: string;
  readonly #inputInfos: readonly TensorInfo[];
  readonly #outputInfos: readonly TensorInfo[];
  readonly #inputs: (Uint8Array | undefined)[] = [];
  #outputs: readonly RawTensor[] | undefined;
  #disposed = false;

  constructor(helper: LiteRtHelper, name: string, { inputs = [], outputs = [] }: Graph) {
    this.#helper = helper;
    this.#name = name;
    this.#inputInfos = inputs;
    this.#outputInfos = outputs;
    this.outputCount = outputs.length;
  }

  setInput(index: number, tensor: RawTensor): void {
    if (!checkInput(this.#inputInfos, index, tensor)) {
      throw wrongShape(this.#inputInfos[index] as TensorInfo, tensor.shape);
    }
    const input = this.#inputs[index];
    if (input === undefined || input.byteLength !== tensor.data.byteLength) {
      this.#inputs[index] = Uint8Array.from(tensor.data);
    } else {
      input.set(tensor.data);
    }
  }

  compute(): void {
    const inputs = this.#inputInfos.map(({ name }, index) => {
      const input = this.#inputs[index];
      if (input === undefined) throw new NnError('runtime_error', `The input ${name} was not set.`);
      return input;
    });
    this.#outputs = undefined;
    const { shapes, ...outputs } = this.#helper.ask<'compute'>({
      kind: 'compute',
      context: this.#name,
      inputs,
    });
    this.#outputs = this.#outputInfos.map(({ type }, index) => {
      const data = outputs[`output${index}`] as Uint8Array;
      // One of a type that WASI-NN does not have comes as its bytes.
      return type === undefined
        ? { type: 'u8', shape: [data.byteLength], data }
        : { type, shape: shapes[index] as readonly number[], data };
    });
  }

  /** Waits for the helper thread like {@link LiteRtContext.compute}. */
  async computeAsync(): Promise<void> {
    this.compute();
  }

  output(index: number): RawTensor {
    if (!(index < this.outputCount)) {
      throw new NnError(
        'invalid_argument',
        `The model has ${this.outputCount} outputs, and no output ${index}.`,
      );
    }
    const output = this.#outputs?.[index];
    if (output === undefined) throw new NnError('runtime_error', 'Nothing was computed yet.');
    return output;
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#helper.ask<'free'>({ kind: 'free', name: this.#name });
  }
}
