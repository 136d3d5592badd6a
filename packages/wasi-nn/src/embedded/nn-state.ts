import type {
  Backend,
  BackendContext,
  ExecutionContext,
  ExecutionTarget,
  Graph,
  LoadOrigin,
  OpenBackend,
  PieceComputation,
  RawTensor,
} from '../backend.js';
import { checkContract } from '../check-contract.js';
import { encodingName, isKnownEncoding } from '../encoding.js';
import { NnError } from '../errors.js';
import { defaultLimits } from '../nn-limits.js';
import type { NnParts } from '../nn-parts.js';
import { contextBytes, outputBytes, unforeseenOutputBytes } from './context-bytes.js';
import { IdTable } from './id-table.js';
import { MemoryBudget } from './memory-budget.js';
import type { NamedModel } from './named-model.js';

interface GraphEntry {
  readonly graph: Graph;
  readonly contexts: Set<number>;
  /** What the budget counts for it. */
  readonly bytes: number;
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

/** Characters of a name that a message shows. */
const shownName = 100;

/** Graphs, contexts and named models of one runtime. */
export class NnState implements Disposable {
  readonly #backends: readonly Backend[];
  readonly #models: ReadonlyMap<string, NamedModel>;
  readonly #denied: ReadonlySet<number>;
  readonly #context: BackendContext;
  readonly #open = new Map<Backend, OpenBackend>();
  readonly #graphs: IdTable<GraphEntry>;
  readonly #contexts: IdTable<ContextEntry>;
  readonly #budget: MemoryBudget;
  readonly #named = new Map<string, number>();
  #warned = false;

  /** @throws {BackendContractError} for a backend of another version of the contract. */
  constructor({ backends, models, deniedEncodings, limits }: NnParts, context: BackendContext) {
    for (const backend of backends) checkContract(backend);
    const { maxGraphs, maxContexts, maxBytes } = { ...defaultLimits, ...limits };
    this.#graphs = new IdTable('graph', maxGraphs, 'maxGraphs');
    this.#contexts = new IdTable('execution context', maxContexts, 'maxContexts');
    this.#budget = new MemoryBudget(maxBytes);
    this.#backends = backends;
    this.#models = models;
    this.#denied = deniedEncodings;
    this.#context = { ...context, maxBytes };
  }

  /** @throws {NnError} `unsupported_operation` when guests may not load models of this encoding from bytes of their own. */
  refuseDenied(encoding: number): void {
    if (!this.#denied.has(encoding)) return;
    const message = `Guests may not load ${encodingName(encoding)} models of their own; name the model, or set guestModels: 'allow'.`;
    // A guest sees a number only, and whoever wrote the host did not see this coming.
    if (!this.#warned) this.#context.logger('warn', `WASI-NN: ${message}`);
    this.#warned = true;
    throw new NnError('unsupported_operation', message);
  }

  /** Loads a model that a guest brings; returns the number of its graph. */
  load(builders: readonly Uint8Array[], encoding: number, target: ExecutionTarget): number {
    this.refuseDenied(encoding);
    const backend = this.#backendFor(encoding);
    const bytes = builders.reduce((total, { byteLength }) => total + byteLength, graphOverhead);
    return this.#load(backend, builders, target, undefined, { model: 'guest', config: 'host' }, bytes);
  }

  #backendFor(encoding: number): Backend {
    if (!isKnownEncoding(encoding)) {
      throw new NnError('invalid_encoding', `There is no model encoding ${encoding}.`);
    }
    const backend = this.#backends.find((candidate) => candidate.encoding === encoding);
    if (backend === undefined) {
      throw new NnError(
        'invalid_argument',
        `No backend of this runtime loads ${encodingName(encoding)} models; it has: ${this.#backends.map(({ name }) => name).join(', ')}.`,
      );
    }
    return backend;
  }

  #load(
    backend: Backend,
    builders: readonly Uint8Array[],
    target: ExecutionTarget,
    config: string | undefined,
    origin: LoadOrigin,
    bytes: number,
  ): number {
    this.#graphs.checkRoom();
    this.#budget.take(bytes, 'a model');
    try {
      const graph = this.#opened(backend).load(builders, target, config, origin);
      return this.#graphs.add({ graph, contexts: new Set(), bytes });
    } catch (error) {
      this.#budget.free(bytes);
      throw error;
    }
  }

  /** The graph of a named model, loaded at its first use; a failed load is not remembered, unlike upstream's. */
  loadByName(name: string, config: string | undefined): number {
    const loaded = this.#named.get(name);
    if (loaded !== undefined && this.#graphs.has(loaded)) return loaded;
    const model = this.#models.get(name);
    if (model === undefined) {
      const known = [...this.#models.keys()].join(', ') || 'none';
      const shown = JSON.stringify(name.slice(0, shownName));
      throw new NnError('not_found', `There is no model named ${shown}; there are: ${known}.`);
    }
    const id = this.#load(
      this.#backendFor(model.encoding),
      model.builders(),
      model.target,
      config ?? model.config,
      { model: 'host', config: config === undefined ? 'host' : 'guest' },
      // The host chose it, and it is there once.
      graphOverhead,
    );
    this.#named.set(name, id);
    return id;
  }

  createContext(graphId: number): number {
    const { graph, contexts } = this.#graphs.get(graphId);
    this.#contexts.checkRoom();
    const bytes = contextBytes(graph);
    this.#budget.take(bytes, 'an execution context');
    try {
      const context = graph.createContext();
      const entry = { context, graph, graphId: graphId >>> 0, inputs: new Map(), bytes, outputBytes: 0 };
      const id = this.#contexts.add(entry);
      contexts.add(id);
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
      throw new NnError('invalid_argument', 'The backend of this model computes no output piece by piece.');
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
    const { graph, contexts, bytes } = this.#graphs.remove(id);
    for (const context of contexts) this.#freeContext(this.#contexts.remove(context));
    graph[Symbol.dispose]();
    this.#budget.free(bytes);
  }

  #freeContext({ context, inputs, bytes, outputBytes }: ContextEntry): void {
    context[Symbol.dispose]();
    this.#budget.free([...inputs.values()].reduce((total, each) => total + each, bytes + outputBytes));
  }

  [Symbol.dispose](): void {
    for (const [id] of [...this.#graphs.entries()]) this.unload(id);
    for (const backend of this.#open.values()) backend[Symbol.dispose]();
    this.#open.clear();
  }

  #opened(backend: Backend): OpenBackend {
    let opened = this.#open.get(backend);
    if (opened === undefined) {
      opened = backend.open(this.#context);
      this.#open.set(backend, opened);
    }
    return opened;
  }
}
