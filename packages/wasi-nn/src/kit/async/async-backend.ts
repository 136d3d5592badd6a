import type { ExecutionTarget, LoadOrigin, RawTensor, ShortBufferRule, TensorInfo } from '../../backend.js';

/** A value, or a promise of one. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** What the thread passes to an implementation that runs in it. */
export interface AsyncContext {
  /** Maximum number of bytes that models and tensors may hold. */
  readonly maxBytes: number;
  /**
   * Tells the thread that asks something that can be cloned, with the next answer; see `AsyncOptions.onTold`. Absent where the implementation runs in the host's own
   * thread.
   */
  readonly tell?: ((message: unknown) => void) | undefined;
}

/**
 * The function that the module of an asynchronous backend exports. For guests it is called in the helper thread, which should load little; for
 * sessions, there or in the host's own thread.
 *
 * Any error that it or its objects throw becomes `runtime_error`, unless the error has an `errnoName`, as `NnError` and {@link BackendFailure} have.
 */
export type OpenAsync<Config, Options = undefined> = (
  options: Options,
  context: AsyncContext,
) => MaybePromise<AsyncLoader<Config>>;

/** A model for an implementation to load; the implementation owns all of it. */
export interface AsyncModelRequest<Config> {
  /** The files of the model, in the order of `load`. */
  readonly parts: readonly Uint8Array[];
  /** Where the model should run. */
  readonly target: ExecutionTarget;
  /** Its settings, checked; those that were not given are absent. */
  readonly config: Config;
  /** Who chose the model and its settings. */
  readonly origin: LoadOrigin;
  /** What the host adds to this request; see `AsyncOptions.perRequest`. Default: `undefined`. */
  readonly fromHost?: unknown;
}

/** An asynchronous backend in one thread. */
export interface AsyncLoader<Config> {
  /**
   * Loads a model.
   *
   * @throws {BackendFailure} for a model that cannot be loaded.
   */
  load(request: AsyncModelRequest<Config>): MaybePromise<AsyncGraph>;
  /** Called when its graphs are freed. Default: nothing. */
  close?(): MaybePromise<void>;
}

/** A loaded model; see `Graph`. */
export interface AsyncGraph {
  /** The model's description of its inputs; `undefined` if its format has none. */
  readonly inputs: readonly TensorInfo[] | undefined;
  /** The model's description of its outputs; `undefined` if its format has none. */
  readonly outputs: readonly TensorInfo[] | undefined;
  /** Bytes that each context takes for tensors. Default: the known size of inputs and outputs. */
  readonly contextBytes?: number | undefined;
  /** Whether a runtime's guests may share it: a computation changes nothing in it. See `Graph`. Default: `false`. */
  readonly isShareable?: boolean | undefined;
  /**
   * Whether setting an input has an effect of its own, so that it must reach the context at once and unchecked. Default: inputs are
   * checked against {@link AsyncGraph.inputs}, if the model describes them, and reach the context together when it computes, which is
   * faster.
   */
  readonly takesInputsAtOnce?: boolean | undefined;
  /** Whether inputs are bytes; see `ExecutionContext`. Default: `false`. */
  readonly takesBytes?: boolean | undefined;
  /**
   * Makes a context.
   *
   * @throws {BackendFailure} when it cannot be made.
   */
  createContext(): MaybePromise<AsyncExecutionContext>;
  /**
   * Called once. Existing contexts must stay usable.
   *
   * @throws {BackendFailure} when it cannot be freed.
   */
  free(): MaybePromise<void>;
}

/** One use of a graph; see `ExecutionContext`. It is asked for one thing at a time. */
export interface AsyncExecutionContext {
  /** See `ExecutionContext`. Default: `error`. */
  readonly onShortBuffer?: ShortBufferRule | undefined;
  /** Number of outputs that there are, or that were computed. */
  readonly outputCount: number;
  /** Names of the last computation's outputs, if only a result has them. Default: no names. */
  readonly outputNames?: readonly string[] | undefined;
  /** Whether nothing is kept of tensors that pass through in the host's own thread; see `ExecutionContext`. Default: `false`. */
  readonly keepsNoData?: boolean | undefined;
  /**
   * Takes an input by its index, and owns its data from then on. It is kept for further computations until it is set again.
   *
   * @throws {BackendFailure} for an invalid input.
   */
  setInput(index: number, tensor: RawTensor): MaybePromise<void>;
  /**
   * Computes.
   *
   * @param fromHost what the host adds to this request; see `AsyncOptions.perRequest`.
   * @returns `more` to be called once more, after what was told until now has been passed on. Default: it is done.
   * @throws {BackendFailure} when an input is missing, or it fails.
   */
  compute(fromHost?: unknown): MaybePromise<void> | MaybePromise<'more' | undefined>;
  /**
   * A computed output, by its index. In a helper thread, bytes that own their whole buffer are moved: do not keep them; others are copied. In the host's own thread they are copied before
   * anything else is asked of the context, and must not change before.
   *
   * @throws {BackendFailure} for an output that the model does not have.
   */
  output(index: number): RawTensor;
  /** Ends the computation that runs; it then fails. Called in the host's own thread only, since a helper thread does one thing at a time. Default: it goes on to its end. */
  cancel?(): void;
  /** Output piece by piece. Default: there is none. */
  readonly pieces?: AsyncPieceComputation | undefined;
  /** Called once. */
  free(): MaybePromise<void>;
}

/** See `PieceComputation`. */
export interface AsyncPieceComputation {
  /**
   * Computes the next piece.
   *
   * @param fromHost what the host adds to this request; see `AsyncOptions.perRequest`.
   * @throws {BackendFailure} `end_of_sequence` after the last piece.
   */
  compute(fromHost?: unknown): MaybePromise<void>;
  /**
   * The last piece, by the index of an output; bytes that own their whole buffer are moved. Also asked for when there is none.
   *
   * @throws {BackendFailure} for an output that the model does not have, and if it gives nothing before the first piece.
   */
  output(index: number): RawTensor;
  /** Ends the sequence; the next piece is the first of a new one. */
  finish(): MaybePromise<void>;
}
