import type { RawTensor } from './backend.js';

/** An input with its place in the model. */
export interface GivenInput {
  readonly index: number;
  readonly tensor: RawTensor;
}

/** Copies of inputs, in memory that copies had before where that is free again: new memory for each large tensor keeps the garbage collector busy. */
export class InputCopies {
  readonly #free = new Map<number, Uint8Array>();

  copy({ index, tensor: { type, shape, data } }: GivenInput): GivenInput {
    return { index, tensor: { type, shape: [...shape], data: this.#copyData(index, data) } };
  }

  /** The copies are not used any more. */
  free(copies: readonly GivenInput[]): void {
    for (const { index, tensor } of copies) this.#free.set(index, tensor.data);
  }

  #copyData(index: number, data: Uint8Array): Uint8Array {
    const free = this.#free.get(index);
    this.#free.delete(index);
    if (free?.byteLength !== data.byteLength) return data.slice();
    free.set(data);
    return free;
  }
}
