import { nativeBytes, nativeInt64s } from '@wasmedge-plugins/core/native';
import { NnError, type RawTensor, type TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { sameShape } from '@wasmedge-plugins/wasi-nn/kit';
import { LibraryContext } from '@wasmedge-plugins/wasi-nn/kit/native';
import type { OpenVinoLibrary } from './library/open-vino-library.js';
import { withShape } from './library/with-shape.js';

const maxDimensions = 8;

/** A tensor of OpenVINO's that an input is copied into; kept while inputs of the same type and shape come. */
interface InputTensor {
  readonly tensor: number;
  readonly type: RawTensor['type'];
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** One inference request. */
export class OpenVinoContext extends LibraryContext {
  readonly outputCount: number;
  readonly #library: OpenVinoLibrary;
  readonly #request: number;
  readonly #inputs: (InputTensor | undefined)[] = [];
  #output = 0;

  constructor(
    library: OpenVinoLibrary,
    request: number,
    inputs: readonly TensorInfo[],
    outputs: readonly TensorInfo[],
  ) {
    super(inputs, library.c.requestInfer, request);
    this.#library = library;
    this.#request = request;
    this.outputCount = outputs.length;
  }

  protected override write(index: number, { type, shape, data }: RawTensor): void {
    if (shape.length > maxDimensions) {
      throw new NnError(
        'invalid_argument',
        `OpenVINO accepts at most ${maxDimensions} dimensions, not ${shape.length}.`,
      );
    }
    let input = this.#inputs[index];
    if (input === undefined || input.type !== type || !sameShape(input.shape, shape)) {
      input = this.#replaceInput(index, type, shape, data.byteLength);
    }
    input.bytes.set(data);
    this.forgetOutputs();
  }

  protected override finish(status: number): void {
    this.#library.check(status, 'compute');
  }

  protected override read(index: number): RawTensor {
    const { c, out } = this.#library;
    this.#library.check(c.requestOutput(this.#request, index, out.address), 'describe an output');
    this.#freeOutput();
    this.#output = this.#library.result;
    return this.#readTensor(this.#output);
  }

  protected override free(): void {
    this.#freeOutput();
    for (const input of this.#inputs) if (input !== undefined) this.#library.c.tensorFree(input.tensor);
    this.#library.c.requestFree(this.#request);
  }

  #replaceInput(
    index: number,
    type: RawTensor['type'],
    shape: readonly number[],
    byteLength: number,
  ): InputTensor {
    const { c, out, elementTypes } = this.#library;
    const number = elementTypes.numberOf(type);
    this.#library.check(
      withShape(shape, (dimensions) => c.tensorCreate(number, dimensions, out.address)),
      'create a tensor',
    );
    const tensor = this.#library.result;
    const status = c.requestSetInput(this.#request, index, tensor);
    if (status !== 0) {
      const problem = c.lastError();
      c.tensorFree(tensor);
      throw new NnError(
        'runtime_error',
        `OpenVINO rejected the input ${index}: ${problem || `status ${status}`}`,
      );
    }
    const earlier = this.#inputs[index];
    if (earlier !== undefined) c.tensorFree(earlier.tensor);
    const input = { tensor, type, shape: [...shape], bytes: this.#bytesOf(tensor, byteLength) };
    this.#inputs[index] = input;
    return input;
  }

  #readTensor(tensor: number): RawTensor {
    const { c, out, elementTypes } = this.#library;
    this.#library.check(c.tensorType(tensor, out.address), 'get the type of an output');
    const type = elementTypes.typeOf(out.i32[0] as number);
    if (type === undefined)
      throw new NnError('unsupported_operation', 'The output has a type that WASI-NN lacks.');
    this.#library.check(c.tensorShape(tensor, out.address), 'get the shape of an output');
    const rank = Number(out.i64[0]);
    const dimensions = nativeInt64s(out.u64[1] as bigint, rank);
    c.shapeFree(out.address);
    this.#library.check(c.tensorByteSize(tensor, out.address), 'get the size of an output');
    const data = this.#bytesOf(tensor, Number(out.u64[0]));
    return { type, shape: dimensions, data };
  }

  #bytesOf(tensor: number, byteLength: number): Uint8Array {
    if (byteLength === 0) return new Uint8Array();
    const { c, out } = this.#library;
    this.#library.check(c.tensorData(tensor, out.address), 'get the data of a tensor');
    return nativeBytes(out.u64[0] as bigint, byteLength);
  }

  #freeOutput(): void {
    if (this.#output !== 0) this.#library.c.tensorFree(this.#output);
    this.#output = 0;
  }
}
