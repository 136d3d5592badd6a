/** What ends one call before it returns. */
export interface CallOptions {
  /**
   * Milliseconds that the call may take, from 1 to 2147483647, from when its turn has come, with reading and loading the guest. Default: `limits.timeoutMs` of the
   * runtime.
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the call when it is aborted. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
}

/** What ends a call before it returns, and what happens when its thread or process ends. */
export interface RepeatableCallOptions extends CallOptions {
  /**
   * Whether the call may be made twice: when its thread or process ends by itself meanwhile, it is made once more, on a fresh one and with its whole time. A call that
   * its time limit or its signal ended is not made again. Default: `false`, it is rejected with `GuestCrashError`.
   */
  readonly idempotent?: boolean | undefined;
}
