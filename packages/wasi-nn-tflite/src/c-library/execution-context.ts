import { NativeArea } from '@wasmedge-plugins/core/native';
import { NnError, type RawTensor, type TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { sameShape, wrongShape } from '@wasmedge-plugins/wasi-nn/kit';
import { LibraryContext } from '@wasmedge-plugins/wasi-nn/kit/native';
import type { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';
import type { Interpreter } from './interpreter.js';
import { readShape, readTensorInfo } from './read-tensor-info.js';
import { TensorView } from './tensor-view.js';

interface Input {
  readonly tensor: number;
  readonly view: TensorView;
}

/** An input that waits for the model to be resized. */
interface Waiting {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** An interpreter of TensorFlow Lite's, as one context. */
export class TensorFlowLiteContext extends LibraryContext {
  readonly outputCount: number;
  readonly #library: TensorFlowLiteLibrary;
  readonly #interpreter: Interpreter;
  readonly #resize: boolean;
  readonly #inputs: readonly Input[];
  readonly #infos: TensorInfo[];
  readonly #outputs: readonly TensorView[];
  /** Inputs of new shapes, with all that were set before: resizing loses what the tensors hold. */
  #waiting: Map<number, Waiting> | undefined;

  constructor(library: TensorFlowLiteLibrary, interpreter: Interpreter, resize: boolean) {
    const { c } = library;
    const { address } = interpreter;
    const inputs = Array.from({ length: c.inputCount(address) }, (_, index) => c.input(address, index));
    const infos = inputs.map((tensor, index) => readTensorInfo(library, tensor, index));
    super(infos, c.invoke, address);
    this.#library = library;
    this.#interpreter = interpreter;
    this.#resize = resize;
    this.#infos = infos;
    this.#inputs = inputs.map((tensor) => ({ tensor, view: new TensorView(library, tensor) }));
    this.outputCount = c.outputCount(address);
    this.#outputs = Array.from(
      { length: this.outputCount },
      (_, index) => new TensorView(library, c.output(address, index)),
    );
  }

  protected override write(index: number, { shape, data }: RawTensor): void {
    const info = this.#infos[index] as TensorInfo;
    const fits = sameShape(info.shape, shape);
    const mayResize = this.#resize && shape.every((length) => length > 0 && length < 2 ** 31);
    if (!fits && !mayResize) throw wrongShape(info, shape);
    if (!fits || this.#waiting !== undefined) {
      this.#waiting ??= this.#copyInputs();
      this.#waiting.set(index, { shape: [...shape], data: Uint8Array.from(data) });
    } else {
      write((this.#inputs[index] as Input).view, data);
    }
  }

  protected override prepare(): void {
    if (this.#waiting !== undefined) this.#applyShapes(this.#waiting);
  }

  protected override finish(status: number): void {
    // WasmEdge's plug-in answers `busy` when the interpreter fails.
    if (status !== 0) throw this.#library.error('busy', 'compute');
    // Shapes of outputs may depend on values of inputs.
    for (const output of this.#outputs) output.forget();
  }

  protected override read(index: number): RawTensor {
    return (this.#outputs[index] as TensorView).read();
  }

  protected override free(): void {
    this.#interpreter[Symbol.dispose]();
  }

  #copyInputs(): Map<number, Waiting> {
    const copies = new Map<number, Waiting>();
    this.#inputs.forEach(({ view }, index) => {
      const shape = this.#infos[index]?.shape ?? [];
      if (this.isGiven(index)) copies.set(index, { shape, data: Uint8Array.from(view.bytes()) });
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
        throw this.#library.error('busy', `set the input ${index} to the shape [${shape.join(', ')}]`);
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
      `The input has ${bytes.byteLength} bytes, but ${data.byteLength} were given.`,
    );
  }
  bytes.set(data);
}
