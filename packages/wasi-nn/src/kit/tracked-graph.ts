import type { ExecutionContext, Graph, TensorInfo } from '../backend.js';

/** A graph that is taken out of a set when it is freed, which happens once. */
export class TrackedGraph implements Graph {
  readonly #graph: Graph;
  readonly #set: Set<Disposable>;
  #isDisposed = false;

  constructor(graph: Graph, set: Set<Disposable>) {
    this.#graph = graph;
    this.#set = set;
  }

  get inputs(): readonly TensorInfo[] | undefined {
    return this.#graph.inputs;
  }

  get outputs(): readonly TensorInfo[] | undefined {
    return this.#graph.outputs;
  }

  get contextBytes(): number | undefined {
    return this.#graph.contextBytes;
  }

  get isShareable(): boolean | undefined {
    return this.#graph.isShareable;
  }

  createContext(): ExecutionContext {
    return this.#graph.createContext();
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#set.delete(this);
    this.#graph[Symbol.dispose]();
  }
}
