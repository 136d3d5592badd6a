import { NativeArea } from '@wasmedge-plugins/core/native';
import type { TensorType } from '@wasmedge-plugins/wasi-nn';
import { onnxTypes } from '../library/element-types.js';
import type { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';

/** A tensor of the library on memory of ours, into which inputs of one type and shape are copied. */
export class InputTensor implements Disposable {
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly address: number;
  readonly #library: OnnxRuntimeLibrary;
  readonly #data: NativeArea;

  /** @throws {NnError} `invalid_argument` when the library has no tensors of this shape. */
  constructor(library: OnnxRuntimeLibrary, type: TensorType, shape: readonly number[], byteLength: number) {
    const { c, out, memoryInfo } = library;
    this.#library = library;
    this.type = type;
    this.shape = [...shape];
    this.#data = new NativeArea(byteLength);
    using dimensions = new NativeArea(shape.length * 8);
    dimensions.i64.set(shape.map(BigInt));
    try {
      this.address = library.take(
        c.createTensor(
          memoryInfo,
          this.#data.address,
          byteLength,
          dimensions.address,
          shape.length,
          onnxTypes.numberOf(type),
          out.address,
        ),
        'take an input',
        'invalid_argument',
      );
    } catch (error) {
      this.#data[Symbol.dispose]();
      throw error;
    }
  }

  write(data: Uint8Array): void {
    this.#data.u8.set(data);
  }

  [Symbol.dispose](): void {
    this.#library.c.freeValue(this.address);
    this.#data[Symbol.dispose]();
  }
}
