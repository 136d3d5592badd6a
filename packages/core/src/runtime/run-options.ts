import type { WasiInput, WasiOptions, WasiOutput } from '../wasi/wasi-options.js';

/** What one {@link Runtime.run} gets instead of what the runtime's `wasi` says; options that you omit are the runtime's. */
export interface RunOptions extends WasiOptions {
  /** Arguments after the program's name. Default: the runtime's. */
  readonly args?: readonly string[] | undefined;
  /** Argument 0. Default: the runtime's, otherwise the guest's file name, or `guest`. */
  readonly programName?: string | undefined;
  /** The guest's whole environment; nothing of the runtime's or the host's is added. Default: the runtime's. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Folders the guest may use: guest path to host path; those of the runtime are not added. Default: the runtime's. */
  readonly preopens?: Readonly<Record<string, string>> | undefined;
  /** Default: the runtime's, from its beginning; an object continues where it is. */
  readonly stdin?: WasiInput | undefined;
  /** Default: the runtime's. */
  readonly stdout?: WasiOutput | undefined;
  /** Default: the runtime's. */
  readonly stderr?: WasiOutput | undefined;
  /** Bytes that `capture` keeps of each stream, from 0 to 2147483647; a guest that writes more gets the error "no space". Default: the runtime's. */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Milliseconds that this call may take, from 1 to 2147483647, counted as for `limits.timeoutMs`; the smaller of the two applies.
   * Default: `limits.timeoutMs`.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Ends the call with {@link GuestAbortError}: before anything is done if it is already aborted, and otherwise when a host function, or an object
   * that serves stdin, stdout or stderr, aborts it and returns. A guest runs in the calling thread, so nothing else happens there meanwhile: no timer
   * fires (so no `AbortSignal.timeout()`), and no event reports a closed connection. Use placement `worker` or `process` for those. Default: the call
   * is not aborted.
   */
  readonly signal?: AbortSignal | undefined;
}
