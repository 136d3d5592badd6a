/** What ends one call before it returns. */
export interface CallOptions {
  /** Milliseconds that the call may take. Default: `limits.timeoutMs` of the runtime. */
  readonly timeoutMs?: number | undefined;
  /** Ends the call when it is aborted. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
}
