import type { TensorInfo } from '../../backend.js';
import { TensorContext } from '../tensor-context.js';
import { callOffThread } from './bind-library.js';
import type { CFunction } from './prototypes.js';

/** A context of a C library, which computes with one function that takes the context's handle and returns a status. */
export abstract class LibraryContext extends TensorContext<number> {
  readonly #function: CFunction<[number], number>;
  readonly #handle: number;

  /**
   * Makes the part of a context that all C libraries have.
   *
   * @param inputs the model's description of its inputs; `undefined` if its format has none.
   * @param compute the function that computes: it takes a handle, and returns a status.
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

  /** Computes in this thread; returns the status, one of the library's codes. */
  protected override invoke(): number {
    return this.#function(this.#handle);
  }

  /** Computes on another thread; resolves to the status, one of the library's codes. */
  protected override invokeAsync(): Promise<number> {
    return callOffThread(this.#function, this.#handle);
  }
}
