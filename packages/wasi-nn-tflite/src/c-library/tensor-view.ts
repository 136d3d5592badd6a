import { koffi } from '@wasmedge-plugins/core/native';
import type { RawTensor } from '@wasmedge-plugins/wasi-nn';
import { typeOf } from '../library/element-types.js';
import type { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';
import { readShape } from './read-tensor-info.js';

/** A view of a tensor's memory, made again only when the memory has moved. */
export class TensorView {
  readonly #library: TensorFlowLiteLibrary;
  readonly #tensor: number;
  #data = 0;
  #bytes = new Uint8Array();
  #seen: RawTensor | undefined;

  constructor(library: TensorFlowLiteLibrary, tensor: number) {
    this.#library = library;
    this.#tensor = tensor;
  }

  /** The bytes of the tensor as it is now. */
  bytes(): Uint8Array {
    const { c } = this.#library;
    const data: number = c.tensorData(this.#tensor);
    const size: number = data === 0 ? 0 : c.tensorByteSize(this.#tensor);
    if (data !== this.#data || size !== this.#bytes.byteLength) {
      this.#bytes = size === 0 ? new Uint8Array() : new Uint8Array(koffi.view(BigInt(data), size));
      this.#data = data;
      this.#seen = undefined;
    }
    return this.#bytes;
  }

  /** The tensor as it is now; one of a type that WASI-NN does not have comes as its bytes. */
  read(): RawTensor {
    const data = this.bytes();
    this.#seen ??= this.#describe(data);
    return this.#seen;
  }

  /** To be called when the shape may have changed. */
  forget(): void {
    this.#seen = undefined;
  }

  #describe(data: Uint8Array): RawTensor {
    const type = typeOf(this.#library.c.tensorType(this.#tensor));
    if (type === undefined) return { type: 'u8', shape: [data.byteLength], data };
    return { type, shape: readShape(this.#library, this.#tensor), data };
  }
}
