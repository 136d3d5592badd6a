/** Bounds on what a guest may use. */
export interface Limits {
  /**
   * Maximum number of pages of 64 KiB that the memories of one guest may have together; several that can grow share what is left. Default: 65536 (4 GiB).
   * Both engines.
   */
  readonly memoryPages?: number;
  /**
   * The number of instructions that one call from the host may execute; `Infinity` for no bound. Default: `Infinity`. Engine `wasmedge` only, and
   * giving a bound chooses that engine. Instructions are counted in any case, since that is what lets a time-out and `growthBytes` stop a guest.
   */
  readonly cost?: number;
  /**
   * Milliseconds that one call from the host may take; for `run` and `instantiate`, with reading, loading, validating and starting the
   * guest. Time inside host functions counts: such a call ends with `GuestTimeoutError` as soon as the host function returns. Engine
   * `wasmedge` only. Giving it chooses that engine. Default: no bound.
   */
  readonly timeoutMs?: number;
  /**
   * Bytes by which the process may grow during one call from the host, aside from the first memory that each guest exports, of 64 guests at
   * most; `Infinity` for no bound. Engine `wasmedge` only, and giving a bound chooses that engine: its interpreter has no other stop for
   * endless recursion, which would end the process. Looked at ten times a second. Default: an eighth of the memory of the machine or
   * container, at most 2 GiB.
   */
  readonly growthBytes?: number;
}
