/** What ends one call before it returns. */
export interface CallOptions {
  /**
   * Milliseconds that the call may take, from 1 to 2147483647, counted from its turn, including reading and loading the guest. Default: `limits.timeoutMs` of the
   * runtime.
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the call when aborted. Default: none. */
  readonly signal?: AbortSignal | undefined;
}

/** What ends a call before it returns, and what happens when its thread or process ends. */
export interface RepeatableCallOptions extends CallOptions {
  /**
   * Whether the call may be made twice: if its thread or process ends by itself meanwhile, the call is made once more, on a fresh one and with its full time. A call
   * that was ended by its time limit or its signal is not made again. Default: `false`; it is rejected with `GuestCrashError`.
   */
  readonly idempotent?: boolean | undefined;
}
