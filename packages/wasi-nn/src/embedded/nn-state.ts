import type {
  Backend,
  ExecutionContext,
  ExecutionTarget,
  Graph,
  PieceComputation,
  RawTensor,
} from '../backend.js';
import { NnError } from '../errors.js';
import { contextBytes, outputBytes, unforeseenOutputBytes } from './context-bytes.js';
import { IdTable } from './id-table.js';
import { toldLoad } from './load-channel.js';
import type { LoadedModel } from './loaded-model.js';
import type { MemoryBudget } from './memory-budget.js';
import type { NnRuntime } from './nn-runtime.js';

interface GraphEntry {
  model: LoadedModel;
  readonly contexts: Set<number>;
  /** What the budget counts for it. */
  readonly bytes: number;
  /** What it was asked for by, if the host has named its model; see {@link askedFor}. */
  readonly asked?: string | undefined;
}

interface ContextEntry {
  readonly context: ExecutionContext;
  readonly graph: Graph;
  readonly graphId: number;
  /** Bytes of each input by its index, as the budget counts them. */
  readonly inputs: Map<number, number>;
  /** What the budget counts for the context itself. */
  readonly bytes: number;
  /** What it counts for results that could not be foreseen. */
  outputBytes: number;
}

/** What each graph costs besides its model's bytes. */
const graphOverhead = 4096;

/** Graphs, contexts and named models of one guest. */
export class NnState implements Disposable {
  readonly #runtime: NnRuntime;
  readonly #graphs: IdTable<GraphEntry>;
  readonly #contexts: IdTable<ContextEntry>;
  readonly #budget: MemoryBudget;
  readonly #named = new Map<string, number>();

  constructor(runtime: NnRuntime) {
    this.#runtime = runtime;
    this.#graphs = new IdTable('graph', runtime.graphs);
    this.#contexts = new IdTable('execution context', runtime.contexts);
    this.#budget = runtime.bytes;
  }

  /** @throws {NnError} `unsupported_operation` when guests may not load models of this encoding from bytes of their own. */
  refuseDenied(encoding: number): void {
    this.#runtime.refuseDenied(encoding);
  }

  /** Loads a model that a guest brings; returns the number of its graph. */
  load(builders: readonly Uint8Array[], encoding: number, target: ExecutionTarget): number {
    this.refuseDenied(encoding);
    const backend: Backend = this.#runtime.backendFor(encoding);
    const bytes = builders.reduce((total, { byteLength }) => total + byteLength, graphOverhead);
    return this.#add(bytes, () => this.#runtime.load(backend, builders, target));
  }

  /** The graph of a named model, which the guest has once with each configuration that it gives, and once without one. */
  loadByName(name: string, config: string | undefined): number {
    const asked = askedFor(name, config);
    const loaded = this.#named.get(asked);
    if (loaded !== undefined) return loaded;
    this.#runtime.modelNamed(name);
    // The host chose it, so its own bytes are not the guest's.
    const id = this.#add(graphOverhead, () => this.#runtime.loadNamed(name, config), asked);
    this.#named.set(asked, id);
    return id;
  }

  #add(bytes: number, load: () => LoadedModel, asked?: string): number {
    this.#graphs.checkRoom();
    this.#budget.take(bytes, 'a model');
    try {
      return this.#graphs.add({ model: toldLoad(load), contexts: new Set(), bytes, asked });
    } catch (error) {
      this.#budget.free(bytes);
      throw error;
    }
  }

  createContext(graphId: number): number {
    const entry = this.#graphs.get(graphId);
    this.#contexts.checkRoom();
    const bytes = contextBytes(entry.model.graph);
    this.#budget.take(bytes, 'an execution context');
    try {
      const context = newContext(entry);
      const { graph } = entry.model;
      const made = { context, graph, graphId: graphId >>> 0, inputs: new Map(), bytes, outputBytes: 0 };
      const id = this.#contexts.add(made);
      entry.contexts.add(id);
      return id;
    } catch (error) {
      this.#budget.free(bytes);
      throw error;
    }
  }

  context(id: number): ExecutionContext {
    return this.#contexts.get(id).context;
  }

  setInput(id: number, index: number, tensor: RawTensor): void {
    const { context, inputs } = this.#contexts.get(id);
    const earlier = inputs.get(index) ?? 0;
    const more = Math.max(0, tensor.data.byteLength - earlier);
    this.#budget.take(more, 'an input');
    try {
      context.setInput(index, tensor);
    } catch (error) {
      this.#budget.free(more);
      throw error;
    }
    inputs.set(index, earlier + more);
  }

  compute(id: number): void {
    const entry = this.#contexts.get(id);
    // Room for results that nobody could foresee is asked for when there is none left at all.
    this.#budget.take(0, 'results');
    try {
      entry.context.compute();
    } finally {
      // One that failed may have results too, as far as it came.
      this.#countOutputs(entry, unforeseenOutputBytes(entry.graph, entry.context));
    }
  }

  /** Computes one piece of the output. */
  computePiece(id: number): void {
    const entry = this.#contexts.get(id);
    const pieces = this.pieces(id);
    this.#budget.take(0, 'results');
    pieces.compute();
    this.#countOutputs(entry, entry.outputBytes + outputBytes(pieces, 0));
  }

  /** Ends the pieces of an output. */
  finishPieces(id: number): void {
    this.pieces(id).finish();
    this.#countOutputs(this.#contexts.get(id), 0);
  }

  /** @throws {NnError} `invalid_argument` when the context's backend gives no output piece by piece. */
  pieces(id: number): PieceComputation {
    const { pieces } = this.#contexts.get(id).context;
    if (pieces === undefined) {
      throw new NnError('invalid_argument', 'The backend of this model cannot stream output.');
    }
    return pieces;
  }

  #countOutputs(entry: ContextEntry, bytes: number): void {
    this.#budget.free(entry.outputBytes);
    entry.outputBytes = bytes;
    this.#budget.add(bytes);
  }

  /** Frees a context. */
  finalizeContext(id: number): void {
    const entry = this.#contexts.remove(id);
    if (this.#graphs.has(entry.graphId)) this.#graphs.get(entry.graphId).contexts.delete(id >>> 0);
    this.#freeContext(entry);
  }

  /** Frees a graph with its contexts. */
  unload(id: number): void {
    const { model, contexts, bytes, asked } = this.#graphs.remove(id);
    this.#budget.free(bytes);
    if (asked !== undefined) this.#named.delete(asked);
    for (const context of contexts) this.#freeContext(this.#contexts.remove(context));
    model.free();
  }

  #freeContext({ context, inputs, bytes, outputBytes }: ContextEntry): void {
    this.#budget.free([...inputs.values()].reduce((total, each) => total + each, bytes + outputBytes));
    context[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    for (const id of this.#graphs.ids()) this.unload(id);
  }
}

/** One text for a name with its configuration, which is another graph than the name with another one, or with none. */
function askedFor(name: string, config: string | undefined): string {
  return JSON.stringify(config === undefined ? [name] : [name, config]);
}

function newContext(entry: GraphEntry): ExecutionContext {
  const { graph, renew } = entry.model;
  try {
    return graph.createContext();
  } catch (error) {
    if (renew === undefined) throw error;
    entry.model = renew();
    return entry.model.graph.createContext();
  }
}
