import type { Graph, TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { contextBytes } from '../context-bytes.js';
import { LiteRtContext } from './execution-context.js';
import type { LiteRtHelper } from './helper.js';

/** A model that LiteRT.js has read. */
export class LiteRtGraph implements Graph {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly contextBytes: number | undefined;
  readonly #helper: LiteRtHelper;
  readonly #name: string;
  readonly #ended: () => void;
  #disposed = false;

  /** @throws {NnError} `invalid_argument` when the bytes are no model. */
  constructor(helper: LiteRtHelper, model: Uint8Array, ended: () => void) {
    this.#helper = helper;
    this.#ended = ended;
    const copy = Uint8Array.from(model);
    this.contextBytes = contextBytes(copy);
    const request = { kind: 'load', model: copy, maxBytes: helper.maxBytes } as const;
    const loaded = helper.ask<'load'>(request, [copy.buffer]);
    this.#name = loaded.graph;
    this.inputs = loaded.inputs;
    this.outputs = loaded.outputs;
  }

  createContext(): LiteRtContext {
    const { context } = this.#helper.ask<'create-context'>({ kind: 'create-context', graph: this.#name });
    return new LiteRtContext(this.#helper, context, this);
  }

  /** A context that is still there stays usable. */
  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#helper.ask<'free'>({ kind: 'free', name: this.#name });
    this.#ended();
  }
}
