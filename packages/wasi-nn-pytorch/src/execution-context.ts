import { nativeBytes, nativeInt64s } from '@wasmedge-plugins/core/native';
import { NnError, type RawTensor } from '@wasmedge-plugins/wasi-nn';
import { LibraryContext } from '@wasmedge-plugins/wasi-nn/kit/native';
import { torchTypes } from './library/element-types.js';
import type { TorchLibrary } from './library/torch-library.js';

const utf8 = new TextDecoder();

/** Inputs of a module, and the tensors that it gave last. */
export class PyTorchContext extends LibraryContext {
  /** As WasmEdge's PyTorch plug-in: a guest's buffer gets what fits. */
  override readonly onShortBuffer = 'truncate';
  readonly #library: TorchLibrary;
  readonly #context: number;
  #outputCount = 0;

  constructor(library: TorchLibrary, context: number) {
    super(undefined, library.c.contextCompute, context);
    this.#library = library;
    this.#context = context;
  }

  get outputCount(): number {
    return this.#outputCount;
  }

  /** Fields of dicts and named tuples, and indices of tuples and lists, joined by dots where the result is nested. */
  get outputNames(): readonly string[] {
    return Array.from({ length: this.#outputCount }, (_, index) => this.#readName(index));
  }

  protected override write(index: number, { type, shape, data }: RawTensor): void {
    const { c, shape: dimensions } = this.#library;
    if (shape.length > dimensions.length) {
      throw new NnError('invalid_argument', `A tensor has at most ${dimensions.length} dimensions.`);
    }
    for (let axis = 0; axis < shape.length; axis++) dimensions[axis] = BigInt(shape[axis] as number);
    const status = c.contextSetInput(
      this.#context,
      index,
      torchTypes.numberOf(type),
      shape.length,
      this.#library.shapeAddress,
      data,
      data.byteLength,
    );
    this.#library.check(status, `rejected the input ${index}`);
  }

  protected override prepare(): void {
    this.#outputCount = 0;
  }

  protected override finish(status: number): void {
    this.#library.check(status, 'could not compute', () => this.#library.c.contextError(this.#context));
    this.#outputCount = this.#library.c.contextOutputCount(this.#context);
  }

  protected override read(index: number): RawTensor {
    const output = this.#locate(index);
    const type = torchTypes.typeOf(output.i32[0] as number);
    if (type === undefined) {
      throw new NnError('unsupported_operation', 'The output has a type that WASI-NN lacks.');
    }
    return {
      type,
      shape: nativeInt64s(output.u64[3] as bigint, output.i32[1] as number),
      data: nativeBytes(output.u64[2] as bigint, Number(output.u64[1])),
    };
  }

  protected override free(): void {
    this.#library.c.contextFree(this.#context);
  }

  #readName(index: number): string {
    const output = this.#locate(index);
    return utf8.decode(nativeBytes(output.u64[4] as bigint, Number(output.u64[5])));
  }

  /** The description of an output, which the next call replaces: what it is, where its bytes are, and its name. */
  #locate(index: number): TorchLibrary['output'] {
    const { c, output } = this.#library;
    this.#library.check(c.contextOutput(this.#context, index, output.address), 'has no such output');
    return output;
  }
}
