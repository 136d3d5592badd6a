import type { Pointer } from '../../native/native-functions.js';
import { refuseDisposed } from '../call-state.js';
import { GeneratedCode } from '../factory-cache.js';

// Kept alive here: a registry that is itself collected calls nobody.
const waiting = new FinalizationRegistry<() => void>((release) => release());

/**
 * How long the C object behind an instance lives. A view of guest memory cannot be detached from WasmEdge's bytes, so an instance that
 * handed one out is freed only when no view is left, whatever was disposed before; nor is one that another imports from.
 */
export class InstanceLife {
  disposed = false;
  /** Whether calls of the instance's functions may enter compiled code, its own or that of a guest which it can reach. */
  mayRunCompiled = false;
  /** What the exports of the instance have made so far. */
  readonly code = new GeneratedCode();
  /** The memories that were looked up through the instance. */
  memories: Set<Pointer> | undefined;
  readonly #what: string;
  #lent: Set<object> | undefined;
  #holders = 0;
  #whenUnused: (() => void)[] | undefined;

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
    this.#lent ??= new Set();
    if (!this.#lent.has(buffer)) {
      this.#lent.add(buffer);
      this.hold();
      waiting.register(buffer, () => this.letGo());
    }
  }

  /** Makes freeing wait for {@link letGo}. */
  hold(): void {
    this.#holders++;
  }

  letGo(): void {
    if (--this.#holders === 0) {
      const actions = this.#whenUnused ?? [];
      this.#whenUnused = undefined;
      for (const action of actions) action();
    }
  }

  /** Ends the life. From here on only the holders of views keep the buffers alive. */
  end(): void {
    this.disposed = true;
    this.#lent = undefined;
  }

  /** Runs `action` now, or when the last view is gone and nothing holds the instance. To be called after {@link end}. */
  whenUnused(action: () => void): void {
    if (this.#holders === 0) {
      action();
    } else {
      this.#whenUnused ??= [];
      this.#whenUnused.push(action);
    }
  }
}
