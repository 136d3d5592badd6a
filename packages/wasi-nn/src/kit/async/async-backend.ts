import type { ExecutionTarget, LoadOrigin, RawTensor, TensorInfo } from '../../backend.js';

/** What may be there at once or later. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** What an implementation gets from the thread that it runs in. */
export interface AsyncContext {
  /** Most bytes that models and tensors may hold. */
  readonly maxBytes: number;
}

/**
 * The function that the module of an asynchronous backend exports. For guests it is called in the helper thread, which should load little; for
 * sessions there or in the host's own thread.
 *
 * Whatever it or its objects throw becomes `runtime_error`, unless it has an `errnoName`, as `NnError` and {@link BackendFailure} have.
 */
export type OpenAsync<Config, Options = undefined> = (
  options: Options,
  context: AsyncContext,
) => MaybePromise<AsyncLoader<Config>>;

/** A model that an implementation is to load; all of it is its own. */
export interface AsyncModelRequest<Config> {
  readonly parts: readonly Uint8Array[];
  readonly target: ExecutionTarget;
  readonly config: Config;
  readonly origin: LoadOrigin;
}

/** An asynchronous backend in one thread. */
export interface AsyncLoader<Config> {
  load(request: AsyncModelRequest<Config>): MaybePromise<AsyncGraph>;
  /** Called when its graphs are freed. Default: nothing. */
  close?(): MaybePromise<void>;
}

/** A loaded model; see `Graph`. */
export interface AsyncGraph {
  readonly inputs: readonly TensorInfo[] | undefined;
  readonly outputs: readonly TensorInfo[] | undefined;
  readonly contextBytes?: number | undefined;
  /**
   * Whether an input does something when it is set, and so reaches the context at once and unchecked. Default: inputs are checked against
   * {@link AsyncGraph.inputs}, where the model tells them, and reach the context together when it computes, which is faster.
   */
  readonly takesInputsAtOnce?: boolean | undefined;
  createContext(): MaybePromise<AsyncExecutionContext>;
  /** Called once. Contexts that are still there must stay usable. */
  free(): MaybePromise<void>;
}

/** One use of a graph; see `ExecutionContext`. It is asked for one thing at a time. */
export interface AsyncExecutionContext {
  /** See `ExecutionContext`. Default: `error`. */
  readonly onShortBuffer?: 'error' | 'truncate' | undefined;
  readonly outputCount: number;
  readonly outputNames?: readonly string[] | undefined;
  /** Takes an input, whose data is its own from then on. It is kept for further computations until it is set again. */
  setInput(index: number, tensor: RawTensor): MaybePromise<void>;
  compute(): MaybePromise<void>;
  /** An output that was computed. Bytes with a buffer of their own are moved: do not keep them. Others are copied. */
  output(index: number): RawTensor;
  /** Output piece by piece. Default: there is none. */
  readonly pieces?: AsyncPieceComputation | undefined;
  /** Called once. */
  free(): MaybePromise<void>;
}

/** See `PieceComputation`. */
export interface AsyncPieceComputation {
  /** Throws a failure `end_of_sequence` after the last piece. */
  compute(): MaybePromise<void>;
  /** The last piece; bytes with a buffer of their own are moved. */
  output(index: number): RawTensor;
  finish(): MaybePromise<void>;
}
