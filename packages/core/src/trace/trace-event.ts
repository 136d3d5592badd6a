/** One call of a host function by a guest. */
export interface TraceEvent {
  /** The wasm module name that the guest imported the function from. */
  readonly module: string;
  /** The name under which the guest imported the function. */
  readonly function: string;
  /** Numbers as the guest passed them; a hidden argument is `undefined`. */
  readonly arguments: readonly (number | bigint | undefined)[];
  /** The number that the function returned, as its 32-bit or 64-bit WebAssembly type represents it; `undefined` when it returned none, or threw. */
  readonly result: number | bigint | undefined;
  /** The result's name, if the module names its results, for example an errno. */
  readonly resultName: string | undefined;
  /** Class name of the error it threw instead, or the type of another thrown value. */
  readonly error: string | undefined;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
}

/** Receives a {@link TraceEvent} after every host call. */
export type TraceSink = (event: TraceEvent) => void;

/** Name of the `node:diagnostics_channel` channel on which the same events are published. */
export const traceChannelName = 'wasmedge-plugins:host-call';
