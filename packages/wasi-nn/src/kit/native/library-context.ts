import type { TensorInfo } from '../../backend.js';
import { TensorContext } from '../tensor-context.js';
import { callOffThread } from './bind-library.js';
import type { CFunction } from './prototypes.js';

/** A context of a C library, which computes by one function that takes the context's handle and gives a status. */
export abstract class LibraryContext extends TensorContext<number> {
  readonly #function: CFunction<[number], number>;
  readonly #handle: number;

  constructor(
    inputs: readonly TensorInfo[] | undefined,
    compute: CFunction<[number], number>,
    handle: number,
  ) {
    super(inputs);
    this.#function = compute;
    this.#handle = handle;
  }

  protected override invoke(): number {
    return this.#function(this.#handle);
  }

  protected override invokeAsync(): Promise<number> {
    return callOffThread(this.#function, this.#handle);
  }
}
