import { NativeArea, nativeBytes } from '@wasmedge-plugins/core/native';
import { NnError, type RawTensor, type TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { sameShape, shapesAgree, TensorContext, wrongShape } from '@wasmedge-plugins/wasi-nn/kit';
import { callOffThread } from '@wasmedge-plugins/wasi-nn/kit/native';
import { problemOfElements } from '../describe-port.js';
import { elementBytes } from '../library/element-types.js';
import type { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';
import { InputTensor } from './input-tensor.js';
import { readTensorInfo } from './ports.js';
import type { OnnxSession } from './session.js';

/** A context: inputs, and the outputs of the last computation. */
export class OnnxContext extends TensorContext<number> {
  readonly outputCount: number;
  readonly #library: OnnxRuntimeLibrary;
  readonly #session: OnnxSession;
  readonly #inputs: (InputTensor | undefined)[] = [];
  /** Pointers to the tensors of the inputs, and to those of the outputs, which the library makes. */
  readonly #inputValues: NativeArea;
  readonly #outputValues: NativeArea;
  readonly #runOptions: number;

  constructor(library: OnnxRuntimeLibrary, session: OnnxSession) {
    super(session.inputs);
    const { c, out } = library;
    this.#library = library;
    this.#session = session;
    this.outputCount = session.outputs.length;
    this.#runOptions = library.take(c.createRunOptions(out.address), 'make a context', 'busy');
    this.#inputValues = new NativeArea(session.inputs.length * 8);
    this.#outputValues = new NativeArea(session.outputs.length * 8);
    session.retain();
  }

  /** Ends the computation that runs off this thread. */
  cancel(): void {
    this.#library.check(this.#library.c.terminateRun(this.#runOptions), 'end the computation');
  }

  protected override write(index: number, { type, shape, data }: RawTensor): void {
    const info = this.#session.inputs[index] as TensorInfo;
    if (info.shape !== undefined && !shapesAgree(info.shape, shape)) throw wrongShape(info, shape);
    const problem = problemOfElements(info, data);
    if (problem !== undefined) throw new NnError('invalid_argument', problem);
    let input = this.#inputs[index];
    if (input === undefined || !sameShape(input.shape, shape)) {
      input = new InputTensor(this.#library, info.type ?? type, shape, data.byteLength);
      this.#inputs[index]?.[Symbol.dispose]();
      this.#inputs[index] = input;
      this.#inputValues.u64[index] = BigInt(input.address);
    }
    input.write(data);
  }

  protected override prepare(): void {
    this.#freeOutputs();
  }

  protected override invoke(): number {
    return this.#library.c.run(...this.#arguments());
  }

  protected override invokeAsync(): Promise<number> {
    return callOffThread(this.#library.c.run, ...this.#arguments());
  }

  protected override finish(status: number): void {
    this.#library.check(status, 'compute');
  }

  protected override read(index: number): RawTensor {
    const { c, out } = this.#library;
    const value = Number(this.#outputValues.u64[index]);
    if (value === 0) throw new NnError('runtime_error', `The output ${index} has no value.`);
    const info = this.#library.take(c.tensorInfo(value, out.address), 'describe an output');
    try {
      const { type, number, shape } = readTensorInfo(this.#library, info);
      const bytes = elementBytes(number);
      if (bytes === undefined) {
        throw new NnError(
          'unsupported_operation',
          `The output ${index} has elements of a type that cannot be passed on.`,
        );
      }
      const count = this.#library.take(c.elementCount(info, out.address), 'measure an output');
      const address = this.#library.take(c.tensorData(value, out.address), 'read an output');
      const data = nativeBytes(address, count * bytes);
      // One of a type that WASI-NN does not have comes as its bytes.
      return type === undefined ? { type: 'u8', shape: [data.byteLength], data } : { type, shape, data };
    } finally {
      c.freeTensorInfo(info);
    }
  }

  protected override free(): void {
    this.#freeOutputs();
    for (const input of this.#inputs) input?.[Symbol.dispose]();
    this.#library.c.freeRunOptions(this.#runOptions);
    this.#inputValues[Symbol.dispose]();
    this.#outputValues[Symbol.dispose]();
    this.#session.release();
  }

  #arguments() {
    const { address, inputs, outputs, inputNames, outputNames } = this.#session;
    return [
      address,
      this.#runOptions,
      inputNames.address,
      this.#inputValues.address,
      inputs.length,
      outputNames.address,
      outputs.length,
      this.#outputValues.address,
    ] as const;
  }

  #freeOutputs(): void {
    const values = this.#outputValues.u64;
    for (let index = 0; index < this.outputCount; index++) {
      if (values[index] !== 0n) this.#library.c.freeValue(Number(values[index]));
      values[index] = 0n;
    }
  }
}
