import { randomUUID } from 'node:crypto';
import type { RawTensor } from '../../backend.js';
import type {
  AsyncContext,
  AsyncExecutionContext,
  AsyncGraph,
  AsyncLoader,
  OpenAsync,
} from './async-backend.js';
import { BackendFailure } from './backend-failure.js';
import type {
  AsyncAnswers,
  AsyncImplementation,
  AsyncRequest,
  GivenInput,
  GivenOutputs,
  OutputHead,
} from './messages.js';

type Load = Extract<AsyncRequest, { readonly kind: 'load' }>;

/** Asynchronous backends with their graphs and contexts, in the thread in which they run. */
export class AsyncHost {
  readonly #loaders = new Map<string, Promise<AsyncLoader<unknown>>>();
  readonly #graphs = new Map<string, AsyncGraph>();
  readonly #contexts = new Map<string, AsyncExecutionContext>();
  /** Ends of sequences by their context. A session does not wait for one; what it asks for next does. */
  readonly #finishing = new Map<string, Promise<void>>();
  readonly #tell: AsyncContext['tell'];

  /** @param tell takes what implementations tell the thread that asks. Default: they run in it, and need not tell it anything. */
  constructor(tell?: AsyncContext['tell']) {
    this.#tell = tell;
  }

  async answer(request: AsyncRequest): Promise<AsyncAnswers[AsyncRequest['kind']]> {
    switch (request.kind) {
      case 'load':
        return this.#load(request);
      case 'create-context':
        return this.#createContext(find(this.#graphs, request.graph));
      case 'set-inputs':
        await setInputs(await this.#idle(request.context), request.inputs);
        return {};
      case 'compute': {
        const context = await this.#idle(request.context);
        await setInputs(context, request.inputs);
        const outcome = await context.compute(request.fromHost);
        return outcome === 'more' ? { heads: [], more: true } : this.#outputsOf(context, context);
      }
      case 'compute-piece': {
        const context = await this.#idle(request.context);
        await setInputs(context, request.inputs);
        await piecesOf(context).compute(request.fromHost);
        return this.#outputsOf(context, piecesOf(context));
      }
      case 'outputs': {
        const context = find(this.#contexts, request.context);
        return this.#outputsOf(context, context);
      }
      case 'piece': {
        const context = find(this.#contexts, request.context);
        return this.#outputsOf(context, piecesOf(context));
      }
      case 'finish-pieces':
        await this.#finishPieces(request.context);
        return {};
      case 'cancel':
        find(this.#contexts, request.context).cancel?.();
        return {};
      case 'free':
        return this.#free(request.name);
      case 'close':
        return this.#close(request.backend);
    }
  }

  async #load({ backend, implementation, maxBytes, kind: _, ...request }: Load) {
    let loader = this.#loaders.get(backend);
    if (loader === undefined) {
      loader = open(implementation, { maxBytes, tell: this.#tell });
      this.#loaders.set(backend, loader);
      // One that could not be opened may be another time.
      loader.catch(() => this.#loaders.delete(backend));
    }
    const graph = await (await loader).load(request);
    const { inputs, outputs, contextBytes, isShareable, takesInputsAtOnce = false, takesBytes } = graph;
    const name = keep(this.#graphs, graph);
    return { graph: name, inputs, outputs, contextBytes, isShareable, takesInputsAtOnce, takesBytes };
  }

  async #createContext(graph: AsyncGraph) {
    const context = await graph.createContext();
    const { onShortBuffer = 'error', outputCount, pieces, keepsNoData = false } = context;
    const name = keep(this.#contexts, context);
    return { context: name, onShortBuffer, outputCount, hasPieces: pieces !== undefined, keepsNoData };
  }

  #outputsOf(
    { outputCount, outputNames: names }: AsyncExecutionContext,
    from: { output(index: number): RawTensor },
  ): GivenOutputs {
    const heads: OutputHead[] = [];
    const bytes: Record<`output${number}`, Uint8Array> = {};
    for (let index = 0; index < outputCount; index++) {
      const { type, shape, data } = from.output(index);
      heads.push([type, ...shape]);
      // In this thread, a session copies or takes them before anything else is asked.
      bytes[`output${index}`] = this.#tell === undefined ? data : ownBytes(data);
    }
    return names === undefined ? { heads, ...bytes } : { names, heads, ...bytes };
  }

  /** A context that does nothing now: it is asked for one thing at a time. */
  #idle(name: string): AsyncExecutionContext | Promise<AsyncExecutionContext> {
    const finishing = this.#finishing.get(name);
    const context = find(this.#contexts, name);
    return finishing === undefined ? context : finishing.then(() => context);
  }

  async #finishPieces(name: string): Promise<void> {
    const pieces = piecesOf(find(this.#contexts, name));
    const before = this.#finishing.get(name);
    const finished = before === undefined ? pieces.finish() : before.then(() => pieces.finish());
    if (finished === undefined) return;
    const ended = finished
      .catch(() => {})
      .then(() => {
        if (this.#finishing.get(name) === ended) this.#finishing.delete(name);
      });
    this.#finishing.set(name, ended);
    await finished;
  }

  async #free(name: string) {
    await this.#finishing.get(name);
    const object = this.#contexts.get(name) ?? this.#graphs.get(name);
    this.#contexts.delete(name);
    this.#graphs.delete(name);
    await object?.free();
    return {};
  }

  async #close(backend: string) {
    const loader = this.#loaders.get(backend);
    this.#loaders.delete(backend);
    await (await loader)?.close?.();
    return {};
  }
}

async function open(
  { moduleUrl, exportName, options }: AsyncImplementation,
  context: AsyncContext,
): Promise<AsyncLoader<unknown>> {
  const module: Record<string, unknown> = await import(String(moduleUrl));
  return (module[exportName] as OpenAsync<unknown, unknown>)(options, context);
}

/** Every input is taken, also when another is refused. */
async function setInputs(context: AsyncExecutionContext, inputs: readonly GivenInput[]): Promise<void> {
  const refused: unknown[] = [];
  for (const [index, type, data, ...shape] of inputs) {
    try {
      const taken = context.setInput(index, { type, shape, data });
      if (taken !== undefined) await taken;
    } catch (error) {
      refused.push(error);
    }
  }
  if (refused.length > 0) throw refused[0];
}

/** Bytes with a buffer of their own: with a part of another, all of that would be cloned. */
function ownBytes(data: Uint8Array): Uint8Array {
  const isWhole = data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength;
  return isWhole ? data : new Uint8Array(data);
}

function piecesOf({ pieces }: AsyncExecutionContext) {
  if (pieces !== undefined) return pieces;
  throw new BackendFailure('invalid_argument', 'This model cannot stream output.');
}

function keep<Kind>(objects: Map<string, Kind>, object: Kind): string {
  const name = randomUUID();
  objects.set(name, object);
  return name;
}

function find<Kind>(objects: ReadonlyMap<string, Kind>, name: string): Kind {
  const object = objects.get(name);
  if (object !== undefined) return object;
  throw new BackendFailure(
    'runtime_error',
    'The model was lost when the thread or the process that had it ended; load it again, or create another session.',
  );
}
