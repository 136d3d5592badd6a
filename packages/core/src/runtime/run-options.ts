import type { WasiInput, WasiOptions, WasiOutput } from '../wasi/wasi-options.js';

/** What one {@link Runtime.run} gets instead of what the runtime's `wasi` says; what is left out is the runtime's. */
export interface RunOptions extends WasiOptions {
  /** Arguments after the program's name. Default: the runtime's. */
  readonly args?: readonly string[] | undefined;
  /** Argument 0. Default: the runtime's, otherwise the guest's file name, or `guest`. */
  readonly programName?: string | undefined;
  /** The guest's whole environment; nothing of the runtime's or the host's is added. Default: the runtime's. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Folders the guest may use: guest path to host path; those of the runtime are not added. Default: the runtime's. */
  readonly preopens?: Readonly<Record<string, string>> | undefined;
  /** Default: the runtime's, from its beginning; an object goes on where it is. */
  readonly stdin?: WasiInput | undefined;
  /** Default: the runtime's. */
  readonly stdout?: WasiOutput | undefined;
  /** Default: the runtime's. */
  readonly stderr?: WasiOutput | undefined;
  /** Bytes that `capture` keeps of each stream, from 0 to 2147483647; a guest that writes more is told that there is no space. Default: the runtime's. */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Milliseconds that this call may take, from 1 to 2147483647, as `limits.timeoutMs` counts them; the smaller of the two holds. Default:
   * `limits.timeoutMs`.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Ends the call with {@link GuestAbortError}: before anything is done when it is aborted already, and otherwise when a host function, or an
   * object that serves stdin, stdout or stderr, aborts it and returns. A guest runs in the calling thread, so nothing else happens there meanwhile: no
   * timer, and so no `AbortSignal.timeout()`, and no event of a connection that was closed. Use placement `worker` or `process` for those.
   * Default: the call is not aborted.
   */
  readonly signal?: AbortSignal | undefined;
}
