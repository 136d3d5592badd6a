import type { Graph } from '../backend.js';

/** A model as one guest has it. */
export interface LoadedModel {
  readonly graph: Graph;
  /** To be called once, when the guest has it no longer. */
  free(): void;
  /** Loads it once more, for a guest whose graph makes no context: another guest may have broken what they share, or its process has ended. Default: only the guest can load it. */
  renew?(): LoadedModel;
}

/** A named model that the guests of a runtime share. It is kept also while none of them has it. */
export class KeptModel implements Disposable {
  readonly #graph: Graph;
  readonly #loadAgain: () => LoadedModel;
  #users = 0;
  #isKept = true;

  /** @param loadAgain makes another one take its place. */
  constructor(graph: Graph, loadAgain: () => LoadedModel) {
    this.#graph = graph;
    this.#loadAgain = loadAgain;
  }

  take(): LoadedModel {
    this.#users++;
    const free = () => {
      this.#users--;
      this.#freeUnused();
    };
    const renew = () => {
      const renewed = this.#loadAgain();
      free();
      return renewed;
    };
    return { graph: this.#graph, free, renew };
  }

  /** Keeps it no longer than somebody has it. */
  [Symbol.dispose](): void {
    if (!this.#isKept) return;
    this.#isKept = false;
    this.#freeUnused();
  }

  #freeUnused(): void {
    if (!this.#isKept && this.#users === 0) this.#graph[Symbol.dispose]();
  }
}
