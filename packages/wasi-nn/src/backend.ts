import type { BlockingCaller, Logger } from '@wasmedge-plugins/core';
import type { TensorType } from './tensor-type.js';

/** Where a model runs, as `load` and the preload option name it. */
export type ExecutionTarget = 'cpu' | 'gpu' | 'tpu' | 'auto';

/** A model's description of one of its inputs or outputs. */
export interface TensorInfo {
  /** Its name, if the format keeps names; otherwise its index as text. */
  readonly name: string;
  /** The element type; `undefined` if the format does not keep it, or WASI-NN does not know it. */
  readonly type: TensorType | undefined;
  /** The length of each dimension, outermost first; -1 for a dimension that is not fixed, `undefined` if the format does not keep it. */
  readonly shape: readonly number[] | undefined;
  /** Other forms that an input is also taken in, such as for guests, which have no number for every element type. Default: none. */
  readonly alsoTakes?: readonly TensorForm[] | undefined;
}

/** The element type and shape of a tensor. */
export interface TensorForm {
  /** The element type. */
  readonly type: TensorType;
  /** The length of each dimension, outermost first; -1 for a dimension that is not fixed, `undefined` for any shape. */
  readonly shape: readonly number[] | undefined;
}

/** A tensor as it crosses between the guest ABI and a backend: row-major, little-endian. */
export interface RawTensor {
  /** Element type. */
  readonly type: TensorType;
  /** The length of each dimension, outermost first. */
  readonly shape: readonly number[];
  /** Passed to a backend, it is a view of the guest's memory, valid during the call only; from a backend, it is valid until the backend's next call. */
  readonly data: Uint8Array;
}

/** What a runtime passes to a backend. */
export interface BackendContext {
  /** Where the backend may log messages; never stdout. */
  readonly logger: Logger;
  /** Runs asynchronous work on a helper thread while this one waits. */
  readonly blocking: BlockingCaller;
  /** Most bytes that models and tensors of guests may hold; `undefined` for a session, which is the host's own. */
  readonly maxBytes?: number | undefined;
  /** Writes to the standard output of the guest that computes; absent for a session, which has none. */
  readonly writeStdout?: ((bytes: Uint8Array) => void) | undefined;
}

/** The version of this contract: it changes when existing backends would no longer work. */
export const backendContractVersion = 1;

/**
 * Runs models behind WASI-NN. A backend knows nothing about guests: the ABI, its checks and its handles are in this package. Every
 * method throws `NnError` with the error code for the guest; anything else that it throws becomes `runtime_error`, so that no model
 * and no guest can end the host.
 */
export interface Backend {
  /** The contract version that it was written for, as a literal number rather than {@link backendContractVersion}, which changes with this package. */
  readonly contractVersion: typeof backendContractVersion;
  /** Its npm package, for messages: `@wasmedge-plugins/wasi-nn-openvino`. */
  readonly packageName: string;
  /** Shown in reports: `openvino`, `pytorch`, `tflite`. */
  readonly name: string;
  /** The code of the encoding of `load` that this backend serves: 0 OpenVINO, 3 PyTorch, 4 TensorFlow Lite; `undefined` if it has none, and its models exist only by name. */
  readonly encoding: number | undefined;
  /** The names by which the preload option `name:encoding:target:path` calls it, in lower case; empty if it has no encoding. */
  readonly encodingNames: readonly string[];
  /**
   * Whether the host's models are files that the backend opens itself, such as those that are larger than memory: of one that the host gave by its path, the part is
   * its path, which `pathOfPart` of the kit tells, and the file is not read. Bytes stay bytes, also those of guests. Default: `false`; files are read.
   */
  readonly opensFiles?: boolean | undefined;
  /**
   * How many files a model has at most. With 1, the preload option takes all that follows the target as one path, which may have colons; with more, too many paths are
   * refused. Default: as many as are given, divided at each colon.
   */
  readonly mostParts?: number | undefined;
  /**
   * Makes the backend ready for one runtime, when a guest first loads one of its models.
   *
   * @throws {BackendUnavailableError} when its library is missing; the message has the command that installs it.
   */
  open(context: BackendContext): OpenBackend;
  /**
   * Checks the host's settings for a model, as JSON. Default: any object is accepted.
   *
   * @throws {NnError} for settings that the backend does not accept from a host.
   */
  checkConfig?(config: string): void;
  /** What it chooses by itself, such as the library that runs the models, and why; for `runtime.report()`, a sentence without a full stop each. Default: nothing. */
  choices?(): readonly string[];
}

/** The model of one session. */
export interface SessionModel {
  /** The model, which describes its inputs and outputs. */
  readonly graph: Pick<Graph, 'inputs' | 'outputs'> & Disposable;
  /** The one context of the session. */
  readonly context: ExecutionContext;
}

/**
 * What `get_output` does when the guest's buffer is smaller than the output. `error`: `invalid_argument`, and nothing is written. `truncate`: what fits is copied
 * (guest-visible behaviour of PyTorch's plug-in). `too-large`: `too_large`, and the guest is told how many bytes the output has; a buffer of no length may still
 * get all of it, as far as the guest's allocator says that the memory behind it is the buffer's (guest-visible behaviour of GGML's plug-in).
 */
export type ShortBufferRule = 'error' | 'truncate' | 'too-large';

/** Who chose what is loaded. A backend may trust the host; a guest may be trying to crash the process. */
export interface LoadOrigin {
  /** `host` for a named model and for `session()`, `guest` for bytes that a guest passed to `load`. */
  readonly model: 'host' | 'guest';
  /** `guest` for settings passed to `load_by_name_with_config`. */
  readonly config: 'host' | 'guest';
  /** Where the host has the parts of its model, in their order: an absolute path, or `undefined` for a part that it gave as bytes. Default: all came as bytes, as a guest's do. */
  readonly files?: readonly (string | undefined)[] | undefined;
}

/** A backend in one runtime. Disposal frees what is left of its graphs. */
export interface OpenBackend extends Disposable {
  /**
   * Loads a model. The builders are its parts, or its name in UTF-8 if the backend has no encoding. They are copies, or views that are valid during the call only. `config` is the JSON text of
   * `load_by_name_with_config`, if it was given and is not empty.
   *
   * @throws {NnError} for a model, a target or settings that the backend does not accept.
   */
  load(
    builders: readonly Uint8Array[],
    target: ExecutionTarget,
    config: string | undefined,
    origin: LoadOrigin,
  ): Graph;
  /**
   * Loads the host's model for a session and makes its one context, while this thread continues. Nobody else changes the builders.
   * Default: {@link OpenBackend.load} and {@link Graph.createContext}, which wait.
   *
   * @param files see {@link LoadOrigin.files}.
   * @throws {NnError} like {@link OpenBackend.load}, as a rejection.
   */
  loadForSession?(
    builders: readonly Uint8Array[],
    target: ExecutionTarget,
    config: string | undefined,
    files?: LoadOrigin['files'],
  ): Promise<SessionModel>;
}

/** A loaded model. */
export interface Graph extends Disposable {
  /** The model's description of its inputs; `undefined` if the format has none, as with TorchScript. */
  readonly inputs: readonly TensorInfo[] | undefined;
  /** The model's description of its outputs; `undefined` as for `inputs`. */
  readonly outputs: readonly TensorInfo[] | undefined;
  /** Bytes that each context takes for tensors, including intermediate ones. Default: the known size of inputs and outputs. */
  readonly contextBytes?: number | undefined;
  /**
   * Whether guests may share the graph, at the same time and one after another, without traces of each other: a computation changes nothing in it. A named model is
   * then loaded once per runtime. Default: `false`; each guest that names the model loads it.
   */
  readonly isShareable?: boolean | undefined;
  /**
   * Makes a context, which is disposed before or after the graph.
   *
   * @throws {NnError} when the backend cannot make one.
   */
  createContext(): ExecutionContext;
}

/** One use of a graph: inputs, a computation, outputs. Contexts of one graph do not interfere with each other. */
export interface ExecutionContext extends Disposable {
  /**
   * Sets an input, by its index in the model. The data is copied, or used, before this returns.
   *
   * @throws {NnError} `invalid_argument` for an input that the model does not have, or with the wrong type or shape; `busy` while it computes.
   */
  setInput(index: number, tensor: RawTensor): void;
  /**
   * Computes; outputs of an earlier computation are gone.
   *
   * @throws {NnError} when an input is missing or the backend fails; `busy` while it computes.
   */
  compute(): void;
  /**
   * The same off the JavaScript thread, if the backend can; otherwise the result of {@link ExecutionContext.compute} as a promise.
   *
   * @throws {NnError} like {@link ExecutionContext.compute}, as a rejection.
   */
  computeAsync(): Promise<void>;
  /** Ends the computation that runs off the JavaScript thread; it then fails. Called when its session is disposed. Default: the computation goes on to its end, and its result is dropped. */
  cancel?(): void;
  /** Number of outputs that there are, or that were computed. */
  readonly outputCount: number;
  /** Names of the last computation's outputs, if only a result has them, such as a TorchScript dict. Default: no names. */
  readonly outputNames?: readonly string[] | undefined;
  /**
   * An output of the last computation, by its index.
   *
   * @throws {NnError} `invalid_argument` for an output that the model does not have, `runtime_error` when nothing was computed.
   */
  output(index: number): RawTensor;
  /**
   * Whether nothing is kept of tensors that pass through: the data of an input is not used any more once a computation has succeeded, and that of an output not
   * after it was read. A session, which sets every input anew, then makes no copies of outputs. Default: `false`.
   */
  readonly keepsNoData?: boolean | undefined;
  /** Output piece by piece, like a language model's. Default: not supported; a guest that asks for it gets `invalid_argument`. */
  readonly pieces?: PieceComputation | undefined;
  /** What `get_output` does when the guest's buffer is smaller than the output. */
  readonly onShortBuffer: ShortBufferRule;
  /** Whether inputs are bytes, whatever element type and shape a guest says that they have: they come as `u8` of shape [bytes]. Default: `false`. */
  readonly takesBytes?: boolean | undefined;
}

/** Output piece by piece: what `compute_single`, `get_output_single` and `fini_single` of a guest do, and `stream()` of a session. */
export interface PieceComputation {
  /**
   * Computes the next piece for the inputs that are set; the first call starts a sequence.
   *
   * @throws {NnError} `end_of_sequence` after the last piece; `context_full` or `prompt_too_long` when there is no room for more.
   */
  compute(): void;
  /**
   * The same off the JavaScript thread, if the backend can.
   *
   * @throws {NnError} like {@link PieceComputation.compute}, as a rejection.
   */
  computeAsync(): Promise<void>;
  /**
   * The piece that was computed last, by the index of an output.
   *
   * @throws {NnError} for an output that the model does not have, or when no piece was computed.
   */
  output(index: number): RawTensor;
  /**
   * Ends the sequence; the next piece is the first of a new one.
   *
   * @throws {NnError} when the backend fails.
   */
  finish(): void;
}
