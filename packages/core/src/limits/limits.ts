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
   *
   * With placement `process` on Linux a bound that is given is also kept from outside, on either engine and for compiled code: there all that the process gets counts,
   * guest memories too, it is looked at twenty times a second, and the process ends with the call.
   */
  readonly growthBytes?: number;
  /**
   * Milliseconds of the processor's time that one call from the host may take, in all threads of its process. Looked at twenty times a second, so a
   * call may have up to a tenth of a second more; it ends with `GuestTimeoutError`, and its process with it. Placement `process` on Linux only; either
   * engine. Default: no bound.
   */
  readonly cpuMs?: number;
  /**
   * Bytes of memory that the process of the guests may have besides what Node.js has when it starts: what V8 and native code allocate, and on
   * engine `v8` the memories of guests (`RLIMIT_DATA`; those of engine `wasmedge` do not count there, `memoryPages` bounds them). Beyond it such memories
   * do not grow, and what cannot go on without memory ends the process, which is a `GuestCrashError`. Threads and JavaScript take some of it, so that 64 MiB are little. Placement `process` on
   * Linux only; either engine. Default: no bound.
   */
  readonly memoryBytes?: number;
}
