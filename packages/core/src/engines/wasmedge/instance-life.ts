import type { Pointer } from '../../native/native-functions.js';
import { refuseDisposed } from '../call-state.js';

// Kept alive here: a registry that is itself collected calls nobody.
const waiting = new FinalizationRegistry<() => void>((release) => release());

/**
 * How long the C object behind an instance lives. A view of guest memory cannot be detached from WasmEdge's bytes, so an instance that
 * handed one out is freed only when no view is left, whatever was disposed before.
 */
export class InstanceLife {
  disposed = false;
  /** The memories that were looked up through the instance. */
  readonly memories = new Set<Pointer>();
  readonly #what: string;
  readonly #lent = new Set<object>();
  #views = 0;
  #free: (() => void) | undefined;

  constructor(what: string) {
    this.#what = what;
  }

  refuseWhenDisposed(): void {
    if (this.disposed) {
      refuseDisposed(this.#what);
    }
  }

  /** Notes that a view on `buffer` left the library; while there is one, freeing waits. */
  lend(buffer: object): void {
    if (!this.#lent.has(buffer)) {
      this.#lent.add(buffer);
      this.#views++;
      waiting.register(buffer, () => {
        this.#views--;
        this.#freeWhenUnused();
      });
    }
  }

  /** Ends the life: `free` is called now, or when the last view is gone. */
  end(free: () => void): void {
    this.disposed = true;
    this.#free = free;
    // From here on only the holders of views keep the buffers alive.
    this.#lent.clear();
    this.#freeWhenUnused();
  }

  #freeWhenUnused(): void {
    if (this.#views === 0) {
      this.#free?.();
      this.#free = undefined;
    }
  }
}
