import { randomUUID } from 'node:crypto';
import type { BackendContext, ExecutionContext, Graph, TensorInfo } from '../../backend.js';
import { defaultLimits } from '../../nn-limits.js';
import type { ModelLoader, ModelRequest } from '../define-backend.js';
import { guestLink, type Link, sessionLink } from './link.js';
import { type ContextHooks, LinkedContext } from './linked-context.js';
import type { AsyncImplementation, AsyncRequest, LoadedGraph } from './messages.js';

/** Where sessions' models run; guests' models always run in the helper thread, while the guests wait. */
export interface AsyncOptions {
  /**
   * `helper`: in the helper thread too, for a library that computes on the thread that calls it. `here`: in the thread of the session, for a
   * library that computes elsewhere; its sessions have `runAsync()` and `stream()`, but not `run()`. Default: `helper`.
   */
  readonly sessions?: 'helper' | 'here' | undefined;
  /**
   * Whether the implementation runs in a process of its own, for a library that a model can crash, or that is not to be ended while it computes: each runtime and
   * each session has one, which ends with it. Sessions have `runAsync()` and `stream()`, but not `run()`. Default: `false`.
   */
  readonly isolated?: boolean | undefined;
  /**
   * What the host adds to the requests of a model that it chose to load: asked for when it is loaded, it returns a function that is called in the host's thread for the
   * loading and for each computation, and whose result, which can be cloned, travels with it. For a session the result may be a promise; a guest waits in this
   * thread, where no promise could be fulfilled. Default: nothing is added.
   */
  perRequest?(parts: readonly Uint8Array[]): (() => unknown) | undefined;
  /** Why an input with the right type and shape cannot be set, which is told at once, before it is passed on. Default: every one can. */
  problemOfInput?(info: TensorInfo, data: Uint8Array): string | undefined;
  /** Takes what an implementation in the helper thread, or in a process, tells this one, after each answer. Default: nothing is done with it. */
  onTold?(message: unknown): void;
}

/** The loader of an asynchronous backend's models: guests wait for it, sessions do not. */
export function asyncLoader<Config>(
  { moduleUrl, exportName, options }: AsyncImplementation,
  context: BackendContext,
  { sessions = 'helper', isolated = false, perRequest, problemOfInput, onTold }: AsyncOptions = {},
): ModelLoader<Config> {
  const backend = randomUUID();
  const implementation = { moduleUrl: String(moduleUrl), exportName, options };
  let used: Link | undefined;
  const requestOf = ({ parts, target, config, origin }: ModelRequest<Config>, fromHost: unknown) => {
    const copies = parts.map((part) => Uint8Array.from(part));
    const { maxBytes = defaultLimits.maxBytes } = context;
    const model = { parts: copies, target, config, origin };
    const request = { kind: 'load', backend, implementation, maxBytes, ...model, fromHost } as const;
    return [request satisfies AsyncRequest, copies.map(({ buffer }) => buffer)] as const;
  };
  return {
    load(request) {
      used ??= guestLink(context, onTold, isolated);
      const fromHost = perRequest?.(request.parts);
      return new LinkedGraph(used, used.ask(...requestOf(request, used.askHost(fromHost))), {
        fromHost,
        problemOfInput,
      });
    },
    async loadForSession(request) {
      used ??= sessionLink(context, isolated ? 'process' : sessions, onTold);
      const fromHost = perRequest?.(request.parts);
      const loaded = await used.askAsync(...requestOf(request, await fromHost?.()));
      const graph = new LinkedGraph(used, loaded, { fromHost, problemOfInput });
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
  readonly #hooks: ContextHooks;

  constructor(link: Link, loaded: LoadedGraph, hooks: ContextHooks) {
    this.#link = link;
    this.#loaded = loaded;
    this.#hooks = hooks;
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
    return new LinkedContext(this.#link, this.#loaded, created, this.#hooks);
  }

  async createContextAsync(): Promise<ExecutionContext> {
    const created = await this.#link.askAsync({ kind: 'create-context', graph: this.#loaded.graph });
    return new LinkedContext(this.#link, this.#loaded, created, this.#hooks);
  }

  [Symbol.dispose](): void {
    this.#link.tell({ kind: 'free', name: this.#loaded.graph });
  }
}
