import type { ExecutionTarget, LoadOrigin, ShortBufferRule, TensorInfo } from '../../backend.js';
import type { TensorType } from '../../tensor-type.js';

/** Where the implementation of an asynchronous backend is. */
export interface AsyncImplementation {
  /** URL of the module, made with `new URL('./task.js', import.meta.url)`. */
  readonly moduleUrl: string | URL;
  /** Name of the exported function, an `OpenAsync` of `@wasmedge-plugins/wasi-nn/kit/async`. */
  readonly exportName: string;
  /** Its first argument, which must be plain data. Default: `undefined`. */
  readonly options?: unknown;
}

/** An input on its way to a context. A list, since the names of an object's fields would cross with every input, which takes longer than a small tensor. */
export type GivenInput = readonly [index: number, type: TensorType, data: Uint8Array, ...shape: number[]];

/** What an output is, a list too. */
export type OutputHead = readonly [type: TensorType, ...shape: number[]];

/** What the host adds to requests of a model, asked for anew each time. */
export type FromHost = (() => unknown) | undefined;

/** What a host of asynchronous backends is asked. Its objects have names that no other has had, so that a thread that was started anew knows none of them. */
export type AsyncRequest =
  | {
      readonly kind: 'load';
      /** The backend in one runtime or session, which the first request opens. */
      readonly backend: string;
      readonly implementation: AsyncImplementation;
      readonly maxBytes: number;
      readonly parts: readonly Uint8Array[];
      readonly target: ExecutionTarget;
      readonly config: unknown;
      readonly origin: LoadOrigin;
      readonly fromHost?: unknown;
    }
  | { readonly kind: 'create-context'; readonly graph: string }
  /** Inputs that were set since the last time; then a computation, of all or of a piece, or nothing more. */
  | {
      readonly kind: 'set-inputs' | 'compute' | 'compute-piece';
      readonly context: string;
      readonly inputs: readonly GivenInput[];
      readonly fromHost?: unknown;
    }
  | { readonly kind: 'outputs' | 'piece' | 'finish-pieces' | 'cancel'; readonly context: string }
  | { readonly kind: 'free'; readonly name: string }
  | { readonly kind: 'close'; readonly backend: string };

/** What it answers to each. */
export interface AsyncAnswers {
  readonly load: LoadedGraph;
  readonly 'create-context': CreatedContext;
  readonly 'set-inputs': Nothing;
  readonly compute: GivenOutputs;
  readonly 'compute-piece': GivenOutputs;
  readonly outputs: GivenOutputs;
  readonly piece: GivenOutputs;
  readonly 'finish-pieces': Nothing;
  readonly cancel: Nothing;
  readonly free: Nothing;
  readonly close: Nothing;
}

/** Done, and nothing to say. */
export type Nothing = Readonly<Record<never, never>>;

/** A graph as it is told. */
export interface LoadedGraph {
  readonly graph: string;
  readonly inputs: readonly TensorInfo[] | undefined;
  readonly outputs: readonly TensorInfo[] | undefined;
  readonly contextBytes: number | undefined;
  readonly isShareable: boolean | undefined;
  readonly takesInputsAtOnce: boolean;
  readonly takesBytes: boolean | undefined;
}

/** A context as it is told. */
export interface CreatedContext {
  readonly context: string;
  readonly onShortBuffer: ShortBufferRule;
  readonly outputCount: number;
  readonly hasPieces: boolean;
  readonly keepsNoData: boolean;
}

/** What outputs are, and their bytes: fields of their own, so that they are moved between threads, not copied. */
export type GivenOutputs = {
  readonly names?: readonly string[];
  readonly heads: readonly OutputHead[];
  /** Whether it is not done yet. */
  readonly more?: true;
} & Readonly<Record<`output${number}`, Uint8Array>>;

/** What implementations had to tell the host's thread since their last answer; a part of an answer, or of an error. */
export interface Told {
  readonly told?: readonly unknown[] | undefined;
}

/** Asks a host of asynchronous backends. */
export type AnswerOf<Request extends AsyncRequest> = AsyncAnswers[Request['kind']];
