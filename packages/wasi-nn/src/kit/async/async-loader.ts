import { randomUUID } from 'node:crypto';
import type { BackendContext, ExecutionContext, Graph, TensorInfo } from '../../backend.js';
import { defaultLimits } from '../../nn-limits.js';
import type { ModelLoader, ModelRequest } from '../define-backend.js';
import { guestLink, type Link, sessionLink } from './link.js';
import { LinkedContext } from './linked-context.js';
import type { AsyncImplementation, AsyncRequest, LoadedGraph } from './messages.js';

/** Where sessions' models run; guests' models always run in the helper thread, while the guests wait. */
export interface AsyncOptions {
  /**
   * `helper`: in the helper thread too, for a library that computes on the thread that calls it. `here`: in the thread of the session, for a
   * library that computes elsewhere; its sessions have `runAsync()` and `stream()`, but not `run()`. Default: `helper`.
   */
  readonly sessions?: 'helper' | 'here' | undefined;
}

/** The loader of an asynchronous backend's models: guests wait for it, sessions do not. */
export function asyncLoader<Config>(
  { moduleUrl, exportName, options }: AsyncImplementation,
  context: BackendContext,
  { sessions = 'helper' }: AsyncOptions = {},
): ModelLoader<Config> {
  const backend = randomUUID();
  const implementation = { moduleUrl: String(moduleUrl), exportName, options };
  let used: Link | undefined;
  const requestOf = ({ parts, target, config, origin }: ModelRequest<Config>) => {
    const copies = parts.map((part) => Uint8Array.from(part));
    const { maxBytes = defaultLimits.maxBytes } = context;
    const model = { parts: copies, target, config, origin };
    const request = { kind: 'load', backend, implementation, maxBytes, ...model } as const;
    return [request satisfies AsyncRequest, copies.map(({ buffer }) => buffer)] as const;
  };
  return {
    load(request) {
      used ??= guestLink(context);
      return new LinkedGraph(used, used.ask(...requestOf(request)));
    },
    async loadForSession(request) {
      used ??= sessionLink(context, sessions);
      const graph = new LinkedGraph(used, await used.askAsync(...requestOf(request)));
      try {
        return { graph, context: await graph.createContextAsync() };
      } catch (error) {
        graph[Symbol.dispose]();
        throw error;
      }
    },
    close: () => used?.tell({ kind: 'close', backend }),
  };
}

/** A model of an asynchronous backend. */
class LinkedGraph implements Graph {
  readonly #link: Link;
  readonly #loaded: LoadedGraph;

  constructor(link: Link, loaded: LoadedGraph) {
    this.#link = link;
    this.#loaded = loaded;
  }

  get inputs(): readonly TensorInfo[] | undefined {
    return this.#loaded.inputs;
  }

  get outputs(): readonly TensorInfo[] | undefined {
    return this.#loaded.outputs;
  }

  get contextBytes(): number | undefined {
    return this.#loaded.contextBytes;
  }

  get isShareable(): boolean | undefined {
    return this.#loaded.isShareable;
  }

  createContext(): ExecutionContext {
    const created = this.#link.ask({ kind: 'create-context', graph: this.#loaded.graph });
    return new LinkedContext(this.#link, this.#loaded, created);
  }

  async createContextAsync(): Promise<ExecutionContext> {
    const created = await this.#link.askAsync({ kind: 'create-context', graph: this.#loaded.graph });
    return new LinkedContext(this.#link, this.#loaded, created);
  }

  [Symbol.dispose](): void {
    this.#link.tell({ kind: 'free', name: this.#loaded.graph });
  }
}
