import { nativeBytes, nativeInt64s } from '@wasmedge-plugins/core/native';
import { type ExecutionContext, NnError, type RawTensor } from '@wasmedge-plugins/wasi-nn';
import { numberOfType, typeOfNumber } from './library/element-types.js';
import type { TorchLibrary } from './library/torch-library.js';

/** Inputs of a module, and the tensors that it gave last. */
export class PyTorchContext implements ExecutionContext {
  /** As WasmEdge's PyTorch plug-in: a guest's buffer gets what fits. */
  readonly smallBuffer = 'truncate';
  readonly #library: TorchLibrary;
  readonly #context: number;
  #busy = false;
  #disposed = false;

  constructor(library: TorchLibrary, context: number) {
    this.#library = library;
    this.#context = context;
  }

  get outputCount(): number {
    this.#checkFree();
    return this.#library.c.contextOutputCount(this.#context);
  }

  /** Fields of dicts and named tuples, and indices of tuples and lists, joined by dots where the result is nested. */
  get outputNames(): readonly string[] {
    return Array.from({ length: this.outputCount }, (_, index) => this.#locate(index).name);
  }

  setInput(index: number, { type, shape, data }: RawTensor): void {
    this.#checkFree();
    const { c, shape: dimensions } = this.#library;
    if (shape.length > dimensions.length) {
      throw new NnError('invalid_argument', `A tensor has ${dimensions.length} dimensions at most.`);
    }
    for (let axis = 0; axis < shape.length; axis++) dimensions[axis] = BigInt(shape[axis] as number);
    const status = c.contextSetInput(
      this.#context,
      index,
      numberOfType(type),
      shape.length,
      this.#library.shapeAddress,
      data,
      data.byteLength,
    );
    this.#library.check(status, `does not take the input ${index}`);
  }

  compute(): void {
    this.#checkFree();
    this.#checkComputed(this.#library.c.contextCompute(this.#context));
  }

  async computeAsync(): Promise<void> {
    this.#checkFree();
    this.#busy = true;
    try {
      const status = await computeOffThread(this.#library, this.#context);
      this.#checkComputed(status);
    } finally {
      this.#busy = false;
      if (this.#disposed) this.#library.c.contextFree(this.#context);
    }
  }

  output(index: number): RawTensor {
    this.#checkFree();
    const { type, shape, address, byteLength } = this.#locate(index);
    return { type, shape, data: nativeBytes(address, byteLength) };
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (!this.#busy) this.#library.c.contextFree(this.#context);
  }

  #checkFree(): void {
    if (this.#busy) throw new NnError('busy', 'The context is computing.');
  }

  #checkComputed(status: number): void {
    this.#library.check(status, 'could not compute', () => this.#library.c.contextError(this.#context));
  }

  #locate(index: number) {
    const { c, output } = this.#library;
    this.#library.check(c.contextOutput(this.#context, index, output.address), 'has no such output');
    const rank = output.i32[1] as number;
    const nameLength = Number(output.u64[5]);
    return {
      type: typeOfNumber(output.i32[0] as number),
      shape: nativeInt64s(output.u64[3] as bigint, rank),
      byteLength: Number(output.u64[1]),
      address: output.u64[2] as bigint,
      name: new TextDecoder().decode(nativeBytes(output.u64[4] as bigint, nameLength)),
    };
  }
}

function computeOffThread({ c }: TorchLibrary, context: number): Promise<number> {
  return new Promise((resolve, reject) => {
    c.contextCompute.async(context, (error: Error | null, status: number) => {
      if (error) reject(error);
      else resolve(status);
    });
  });
}
