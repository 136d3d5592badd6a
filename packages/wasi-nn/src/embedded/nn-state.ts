import type {
  Backend,
  BackendContext,
  ExecutionContext,
  ExecutionTarget,
  Graph,
  LoadOrigin,
  OpenBackend,
} from '../backend.js';
import { encodingName, isKnownEncoding } from '../encoding.js';
import { NnError } from '../errors/nn-error.js';
import type { NnParts } from '../nn-parts.js';
import { IdTable } from './id-table.js';
import type { NamedModel } from './named-model.js';

interface GraphEntry {
  readonly graph: Graph;
  readonly contexts: Set<number>;
}

/** Graphs, contexts and named models of one runtime. */
export class NnState implements Disposable {
  readonly #backends: readonly Backend[];
  readonly #models: ReadonlyMap<string, NamedModel>;
  readonly #denied: ReadonlySet<number>;
  readonly #context: BackendContext;
  readonly #open = new Map<Backend, OpenBackend>();
  readonly #graphs = new IdTable<GraphEntry>('graph');
  readonly #contexts = new IdTable<{ readonly context: ExecutionContext; readonly graph: number }>(
    'execution context',
  );
  readonly #named = new Map<string, number>();
  #warned = false;

  constructor({ backends, models, deniedEncodings }: NnParts, context: BackendContext) {
    this.#backends = backends;
    this.#models = models;
    this.#denied = deniedEncodings;
    this.#context = context;
  }

  /** Loads a model that a guest brings; returns the number of its graph. */
  load(builders: readonly Uint8Array[], encoding: number, target: ExecutionTarget): number {
    const backend = this.#backendFor(encoding);
    if (this.#denied.has(encoding)) {
      const message = `Guests may not load ${encodingName(encoding)} models of their own; name the model, or set guestModels: 'allow'.`;
      // A guest sees a number only, and whoever wrote the host did not see this coming.
      if (!this.#warned) this.#context.logger('warn', `WASI-NN: ${message}`);
      this.#warned = true;
      throw new NnError('unsupported_operation', message);
    }
    return this.#load(backend, builders, target, undefined, { model: 'guest', config: 'host' });
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
  ): number {
    this.#graphs.checkRoom();
    const graph = this.#opened(backend).load(builders, target, config, origin);
    return this.#graphs.add({ graph, contexts: new Set() });
  }

  /** The graph of a named model, loaded at its first use; a failed load is not remembered, unlike upstream's. */
  loadByName(name: string, config: string | undefined): number {
    const loaded = this.#named.get(name);
    if (loaded !== undefined && this.#graphs.has(loaded)) return loaded;
    const model = this.#models.get(name);
    if (model === undefined) {
      const known = [...this.#models.keys()].join(', ') || 'none';
      throw new NnError('not_found', `There is no model named ${JSON.stringify(name)}; there are: ${known}.`);
    }
    const id = this.#load(
      this.#backendFor(model.encoding),
      model.builders(),
      model.target,
      config ?? model.config,
      { model: 'host', config: config === undefined ? 'host' : 'guest' },
    );
    this.#named.set(name, id);
    return id;
  }

  createContext(graph: number): number {
    const entry = this.#graphs.get(graph);
    this.#contexts.checkRoom();
    const id = this.#contexts.add({ context: entry.graph.createContext(), graph: graph >>> 0 });
    entry.contexts.add(id);
    return id;
  }

  context(id: number): ExecutionContext {
    return this.#contexts.get(id).context;
  }

  /** Frees a context. */
  finalizeContext(id: number): void {
    const { context, graph } = this.#contexts.remove(id);
    if (this.#graphs.has(graph)) this.#graphs.get(graph).contexts.delete(id >>> 0);
    context[Symbol.dispose]();
  }

  /** Frees a graph with its contexts. */
  unload(id: number): void {
    const { graph, contexts } = this.#graphs.remove(id);
    for (const context of contexts) this.#contexts.remove(context).context[Symbol.dispose]();
    graph[Symbol.dispose]();
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
