import { NativeArea } from '@wasmedge-plugins/core/native';
import type { TensorFlowLiteLibrary } from '../library/tensorflow-lite-library.js';

/** A model in native memory. It is freed with the last of its users, which are a graph and its contexts. */
export class TensorFlowLiteModel {
  readonly address: number;
  readonly #library: TensorFlowLiteLibrary;
  readonly #bytes: NativeArea;
  #users = 1;

  /** @throws {NnError} `invalid_argument` when the bytes are not a model. */
  constructor(library: TensorFlowLiteLibrary, bytes: Uint8Array) {
    this.#library = library;
    // TensorFlow Lite keeps using the bytes, which are a guest's.
    this.#bytes = new NativeArea(bytes.byteLength);
    this.#bytes.u8.set(bytes);
    this.address = create(library, this.#bytes.address, bytes.byteLength);
    if (this.address === 0) {
      this.#bytes[Symbol.dispose]();
      throw library.error('invalid_argument', 'read the model');
    }
  }

  retain(): void {
    this.#users++;
  }

  release(): void {
    this.#users--;
    if (this.#users > 0) return;
    this.#library.c.modelDelete(this.address);
    this.#bytes[Symbol.dispose]();
  }
}

function create({ c, errors: { reporter } }: TensorFlowLiteLibrary, address: number, length: number): number {
  return c.modelCreateWithErrorReporter === undefined || reporter === undefined
    ? c.modelCreate(address, length)
    : c.modelCreateWithErrorReporter(address, length, reporter.address, reporter.file);
}
