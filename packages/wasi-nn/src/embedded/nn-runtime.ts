import { printableName } from '@wasmedge-plugins/core';
import type { Backend, BackendContext, ExecutionTarget, Graph, LoadOrigin, OpenBackend } from '../backend.js';
import { checkContract } from '../check-contract.js';
import { encodingName, isKnownEncoding } from '../encoding.js';
import { NnError } from '../errors.js';
import { defaultLimits } from '../nn-limits.js';
import type { NnParts } from '../nn-parts.js';
import { CountBudget } from './count-budget.js';
import { KeptModel, type LoadedModel } from './loaded-model.js';
import { MemoryBudget } from './memory-budget.js';
import type { NamedModel } from './named-model.js';

/** Characters of a name that a message shows. */
const shownName = 100;

/** How much is shown of a reason that may have words of a guest in it, such as names in its configuration. */
const shownReason = 1000;

/** What the guests of one runtime share: backends, the models that the host has named, and the bounds of what they hold. */
export class NnRuntime implements Disposable {
  readonly graphs: CountBudget;
  readonly contexts: CountBudget;
  readonly bytes: MemoryBudget;
  readonly #backends: readonly Backend[];
  readonly #models: ReadonlyMap<string, NamedModel>;
  readonly #denied: ReadonlySet<number>;
  readonly #context: BackendContext;
  readonly #open = new Map<Backend, OpenBackend>();
  readonly #kept = new Map<string, KeptModel>();
  /** Named models whose refusal the host was told of, as guests have asked for them. */
  readonly #told = new Set<string>();
  #warned = false;

  /** @throws {BackendContractError} for a backend of another version of the contract. */
  constructor(
    { backends, models, deniedEncodings, limits }: NnParts,
    { logger, blocking, writeStdout }: BackendContext,
  ) {
    for (const backend of backends) checkContract(backend);
    const { maxGraphs, maxContexts, maxBytes } = { ...defaultLimits, ...limits };
    this.graphs = new CountBudget('graph', maxGraphs, 'maxGraphs');
    this.contexts = new CountBudget('execution context', maxContexts, 'maxContexts');
    this.bytes = new MemoryBudget(maxBytes);
    this.#backends = backends;
    this.#models = models;
    this.#denied = deniedEncodings;
    this.#context = { logger, blocking, writeStdout, maxBytes };
  }

  /** @throws {NnError} `unsupported_operation` when guests may not load models of this encoding from bytes of their own. */
  refuseDenied(encoding: number): void {
    if (!this.#denied.has(encoding)) return;
    const message = `Guests must not load their own ${encodingName(encoding)} models; name the model, or set guestModels: 'allow'.`;
    // A guest sees a number only, and whoever wrote the host did not see this coming.
    if (!this.#warned) this.#context.logger('warn', `WASI-NN: ${message}`);
    this.#warned = true;
    throw new NnError('unsupported_operation', message);
  }

  /** @throws {NnError} `invalid_encoding`, or `invalid_argument`, or `unsupported_operation` if there are models by name only, when there is no backend for it. */
  backendFor(encoding: number): Backend {
    if (!isKnownEncoding(encoding)) {
      throw new NnError('invalid_encoding', `There is no model encoding ${encoding}.`);
    }
    const backend = this.#backends.find((candidate) => candidate.encoding === encoding);
    if (backend === undefined) {
      const byNameOnly = this.#backends.some((each) => each.encoding === undefined);
      throw new NnError(
        byNameOnly ? 'unsupported_operation' : 'invalid_argument',
        `No backend of this runtime loads ${encodingName(encoding)} models; it has: ${this.#backends.map(({ name }) => name).join(', ')}.`,
      );
    }
    return backend;
  }

  /** A model that a guest brings. */
  load(backend: Backend, builders: readonly Uint8Array[], target: ExecutionTarget): LoadedModel {
    return ownModel(
      this.#opened(backend).load(builders, target, undefined, { model: 'guest', config: 'host' }),
    );
  }

  /** @throws {NnError} `not_found` when the host has named no such model. */
  modelNamed(name: string): NamedModel {
    const model = this.#models.get(name);
    if (model === undefined) {
      const known = [...this.#models.keys()].join(', ') || 'none';
      const shown = JSON.stringify(name.slice(0, shownName));
      throw new NnError('not_found', `There is no model named ${shown}; there are: ${known}.`);
    }
    return model;
  }

  /**
   * A named model: where a computation leaves nothing in it, the one that all guests share. A failed load is not remembered, unlike upstream's.
   *
   * @param config the guest's settings, with which it gets a model of its own.
   */
  loadNamed(name: string, config: string | undefined): LoadedModel {
    if (config !== undefined) return this.#loadOwn(name, config);
    const known = this.#kept.get(name);
    if (known !== undefined) return known.take();
    const graph = this.#loadNamed(name, this.modelNamed(name).config, 'host');
    if (graph.isShareable !== true) return ownModel(graph);
    const kept = new KeptModel(graph, () => {
      // Another guest may have had it loaded again already.
      if (this.#kept.get(name) === kept) this.#kept.delete(name);
      kept[Symbol.dispose]();
      return this.loadNamed(name, undefined);
    });
    this.#kept.set(name, kept);
    return kept.take();
  }

  [Symbol.dispose](): void {
    try {
      for (const kept of [...this.#kept.values()]) kept[Symbol.dispose]();
    } finally {
      // They free what is left of their graphs.
      for (const backend of this.#open.values()) backend[Symbol.dispose]();
      this.#open.clear();
    }
  }

  /** A named model with settings of the guest, which is loaded once more where its process has ended. */
  #loadOwn(name: string, config: string): LoadedModel {
    const own = ownModel(this.#loadNamed(name, config, 'guest'));
    const renew = () => {
      const renewed = this.#loadOwn(name, config);
      own.free();
      return renewed;
    };
    return { ...own, renew };
  }

  #loadNamed(name: string, config: string | undefined, configOf: LoadOrigin['config']): Graph {
    const { backend, target, builders, files } = this.modelNamed(name);
    try {
      const parts = readParts(builders);
      return this.#opened(backend).load(parts, target, config, {
        model: 'host',
        config: configOf,
        files: files?.(),
      });
    } catch (error) {
      if (NnError.isInstance(error)) this.#tellRefused(name, configOf, error);
      throw error;
    }
  }

  /** A guest sees a number only, and the model is the host's matter. Once each, since guests can ask for it any number of times. */
  #tellRefused(name: string, configOf: LoadOrigin['config'], { message }: NnError): void {
    const told = `${configOf} ${name}`;
    if (this.#told.has(told)) return;
    this.#told.add(told);
    const shown = JSON.stringify(name.slice(0, shownName));
    const why =
      configOf === 'guest'
        ? ` with the guest's configuration: ${printableName(message, shownReason)}`
        : `: ${message}`;
    this.#context.logger('warn', `WASI-NN: The model ${shown} cannot be loaded${why}`);
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

function ownModel(graph: Graph): LoadedModel {
  return { graph, free: () => graph[Symbol.dispose]() };
}

/** @throws {NnError} `invalid_argument`, as upstream's for a model without parts, when a file cannot be read. */
function readParts(builders: NamedModel['builders']): readonly Uint8Array[] {
  try {
    return builders();
  } catch (cause) {
    throw new NnError('invalid_argument', (cause as Error).message, { cause });
  }
}
