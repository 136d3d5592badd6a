import type { TensorInfo } from '../../backend.js';
import { TensorContext } from '../tensor-context.js';
import { callOffThread } from './bind-library.js';
import type { CFunction } from './prototypes.js';

/** A context of a C library, which computes by one function that takes the context's handle and gives a status. */
export abstract class LibraryContext extends TensorContext<number> {
  readonly #function: CFunction<[number], number>;
  readonly #handle: number;

  /**
   * Makes the part of a context that all C libraries have.
   *
   * @param inputs what the model says of its inputs; `undefined` where its format does not tell.
   * @param compute the function that computes: it takes a handle, and gives a status.
   * @param handle the handle of the context, a pointer.
   */
  constructor(
    inputs: readonly TensorInfo[] | undefined,
    compute: CFunction<[number], number>,
    handle: number,
  ) {
    super(inputs);
    this.#function = compute;
    this.#handle = handle;
  }

  /** Computes in this thread; gives the status, a code of the library's. */
  protected override invoke(): number {
    return this.#function(this.#handle);
  }

  /** Computes on another thread; gives the status, a code of the library's. */
  protected override invokeAsync(): Promise<number> {
    return callOffThread(this.#function, this.#handle);
  }
}
