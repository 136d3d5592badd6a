import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';

/** A module that WasmEdge has parsed and validated. Its instances do without it. */
export class ParsedModule {
  readonly #library: Library;
  readonly #pointer: Pointer;
  #users = 0;
  #isReleased = false;

  constructor(library: Library, pointer: Pointer) {
    this.#library = library;
    this.#pointer = pointer;
  }

  /** Uses the module in C; until this ends, it is not freed, whatever a start function disposes of. */
  use<Result>(work: (pointer: Pointer) => Result): Result {
    this.#users++;
    try {
      return work(this.#pointer);
    } finally {
      this.#users--;
      this.#freeUnused();
    }
  }

  /** Frees the module as soon as nobody uses it. */
  release(): void {
    this.#isReleased = true;
    this.#freeUnused();
  }

  #freeUnused(): void {
    if (this.#isReleased && this.#users === 0) this.#library.c.ASTModuleDelete(this.#pointer);
  }
}
