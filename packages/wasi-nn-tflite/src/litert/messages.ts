import type { NnErrnoName, TensorInfo } from '@wasmedge-plugins/wasi-nn';

/** What the helper thread is asked. Its graphs and contexts have names that no other has had, so that a thread that was started anew knows none of them. */
export type LiteRtRequest =
  /** The bound is for all models of the thread; that of its first one counts. */
  | { readonly kind: 'load'; readonly model: Uint8Array; readonly maxBytes: number }
  | { readonly kind: 'create-context'; readonly graph: string }
  /** Every input of the model, in its order. */
  | { readonly kind: 'compute'; readonly context: string; readonly inputs: readonly Uint8Array[] }
  | { readonly kind: 'free'; readonly name: string };

/** What it answers to each. */
export interface LiteRtAnswers {
  readonly load: {
    readonly graph: string;
    readonly inputs: readonly TensorInfo[];
    readonly outputs: readonly TensorInfo[];
  };
  readonly 'create-context': { readonly context: string };
  /** Shapes of the outputs by index, and their bytes: fields of their own, so that they are moved, not copied. */
  readonly compute: { readonly shapes: readonly (readonly number[])[] } & Readonly<
    Record<`output${number}`, Uint8Array>
  >;
  readonly free: Readonly<Record<never, never>>;
}

/** In the place of an answer: an error of WASI-NN, whose code does not cross between threads in an exception. */
export interface LiteRtProblem {
  readonly problem: { readonly errno: NnErrnoName; readonly message: string };
}
