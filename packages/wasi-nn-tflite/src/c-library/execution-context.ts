import { NativeArea } from '@wasmedge-plugins/core/native';
import { type ExecutionContext, NnError, type RawTensor, type TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { checkInput, wrongShape } from '../check-input.js';
import type { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';
import type { Interpreter } from './interpreter.js';
import { readShape, readTensorInfo } from './read-tensor-info.js';
import { TensorView } from './tensor-view.js';

interface Input {
  readonly tensor: number;
  readonly view: TensorView;
  isSet: boolean;
}

/** An input that waits for the model to be resized. */
interface Waiting {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** An interpreter of TensorFlow Lite's, as one context. */
export class TensorFlowLiteContext implements ExecutionContext {
  readonly smallBuffer = 'error';
  readonly outputCount: number;
  readonly #library: TensorFlowLiteLibrary;
  readonly #interpreter: Interpreter;
  readonly #resize: boolean;
  readonly #inputs: readonly Input[];
  readonly #infos: TensorInfo[];
  readonly #outputs: readonly TensorView[];
  /** Inputs of new shapes, with all that were set before: resizing loses what the tensors hold. */
  #waiting: Map<number, Waiting> | undefined;
  #computed = false;
  #busy = false;
  #disposed = false;

  constructor(library: TensorFlowLiteLibrary, interpreter: Interpreter, resize: boolean) {
    const { c } = library;
    this.#library = library;
    this.#interpreter = interpreter;
    this.#resize = resize;
    const { address } = interpreter;
    this.#inputs = Array.from({ length: c.inputCount(address) }, (_, index) => {
      const tensor: number = c.input(address, index);
      return { tensor, view: new TensorView(library, tensor), isSet: false };
    });
    this.#infos = this.#inputs.map(({ tensor }, index) => readTensorInfo(library, tensor, index));
    this.outputCount = c.outputCount(address);
    this.#outputs = Array.from(
      { length: this.outputCount },
      (_, index) => new TensorView(library, c.output(address, index)),
    );
  }

  setInput(index: number, given: RawTensor): void {
    this.#checkFree();
    const fits = checkInput(this.#infos, index, given);
    const mayResize = this.#resize && given.shape.every((length) => length > 0 && length < 2 ** 31);
    if (!fits && !mayResize) throw wrongShape(this.#infos[index] as TensorInfo, given.shape);
    const input = this.#inputs[index] as Input;
    if (!fits || this.#waiting !== undefined) {
      this.#waiting ??= this.#copyInputs();
      this.#waiting.set(index, { shape: [...given.shape], data: Uint8Array.from(given.data) });
    } else {
      write(input.view, given.data);
    }
    input.isSet = true;
  }

  compute(): void {
    this.#prepare();
    this.#end(this.#library.c.invoke(this.#interpreter.address));
  }

  async computeAsync(): Promise<void> {
    this.#prepare();
    this.#busy = true;
    try {
      this.#end(await invokeAsync(this.#library, this.#interpreter.address));
    } finally {
      this.#busy = false;
      if (this.#disposed) this.#interpreter[Symbol.dispose]();
    }
  }

  output(index: number): RawTensor {
    this.#checkFree();
    const output = this.#outputs[index];
    if (output === undefined) {
      throw new NnError(
        'invalid_argument',
        `The model has ${this.outputCount} outputs, and no output ${index}.`,
      );
    }
    if (!this.#computed) throw new NnError('runtime_error', 'Nothing was computed yet.');
    return output.read();
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (!this.#busy) this.#interpreter[Symbol.dispose]();
  }

  #checkFree(): void {
    if (this.#busy) throw new NnError('busy', 'The context is computing.');
  }

  #prepare(): void {
    this.#checkFree();
    const missing = this.#inputs.findIndex(({ isSet }) => !isSet);
    if (missing !== -1) {
      throw new NnError('runtime_error', `The input ${this.#infos[missing]?.name} was not set.`);
    }
    this.#computed = false;
    if (this.#waiting !== undefined) this.#applyShapes(this.#waiting);
  }

  #end(status: number): void {
    // WasmEdge's plug-in answers `busy` when the interpreter fails.
    if (status !== 0) throw this.#library.error('busy', 'compute');
    // Shapes of outputs may depend on values of inputs.
    for (const output of this.#outputs) output.forget();
    this.#computed = true;
  }

  #copyInputs(): Map<number, Waiting> {
    const copies = new Map<number, Waiting>();
    this.#inputs.forEach(({ isSet, view }, index) => {
      const shape = this.#infos[index]?.shape ?? [];
      if (isSet) copies.set(index, { shape, data: Uint8Array.from(view.bytes()) });
    });
    return copies;
  }

  #applyShapes(waiting: ReadonlyMap<number, Waiting>): void {
    const { c } = this.#library;
    const { address } = this.#interpreter;
    for (const [index, { shape }] of waiting) {
      using dimensions = new NativeArea(shape.length * 4);
      dimensions.i32.set(shape);
      if (c.resizeInput(address, index, dimensions.address, shape.length) !== 0) {
        throw this.#library.error('busy', `give the input ${index} the shape [${shape.join(', ')}]`);
      }
    }
    if (c.allocate(address) !== 0) {
      throw this.#library.error('busy', 'allocate tensors for these shapes of inputs');
    }
    for (const [index, { data }] of waiting) {
      const { tensor, view } = this.#inputs[index] as Input;
      this.#infos[index] = { ...(this.#infos[index] as TensorInfo), shape: readShape(this.#library, tensor) };
      write(view, data);
    }
    this.#waiting = undefined;
  }
}

function write(view: TensorView, data: Uint8Array): void {
  const bytes = view.bytes();
  if (bytes.byteLength !== data.byteLength) {
    throw new NnError(
      'invalid_argument',
      `The input has ${bytes.byteLength} bytes, and ${data.byteLength} were given.`,
    );
  }
  bytes.set(data);
}

function invokeAsync({ c }: TensorFlowLiteLibrary, interpreter: number): Promise<number> {
  return new Promise((resolve, reject) => {
    c.invoke.async(interpreter, (error: Error | null, status: number) => {
      if (error) reject(error);
      else resolve(status);
    });
  });
}
