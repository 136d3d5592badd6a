/** Limits on what a guest may use. */
export interface Limits {
  /**
   * Maximum number of 64 KiB pages that the memories of one guest may have together; memories that can grow share what is left. Default: 65536 (4 GiB).
   * Both engines.
   */
  readonly memoryPages?: number;
  /**
   * The number of instructions that one call from the host may execute; `Infinity` for no bound. Default: `Infinity`. Engine `wasmedge` only, and
   * giving a bound chooses that engine. Instructions are counted in any case, since time-outs and `growthBytes` stop a guest by that count.
   */
  readonly cost?: number;
  /**
   * Milliseconds that one call from the host may take; for `run` and `instantiate`, that includes reading, loading, validating and
   * starting the guest. Time inside host functions counts: such a call ends with `GuestTimeoutError` as soon as the host function
   * returns. Engine `wasmedge` only, inline; giving it chooses that engine. Without it, `worker.terminate()` and `process.exit()` wait for a guest
   * that loops on `wasmedge` in that thread; on `v8`, `worker.terminate()` stops it. Default: no bound.
   */
  readonly timeoutMs?: number;
  /**
   * Bytes by which the process may grow during one call from the host, not counting the first memory that each guest exports (for at most
   * 64 guests); `Infinity` for no bound. Engine `wasmedge` only, and giving a bound chooses that engine: nothing else stops endless
   * recursion in its interpreter, which would end the process. Checked ten times a second. Default: an eighth of the memory of the machine
   * or container, at most 2 GiB.
   *
   * With placement `process` on Linux, a bound that you give is also enforced from outside, on either engine and for compiled code: there, all memory that the process
   * gets counts, guest memories too; it is checked twenty times a second, and the process ends with the call.
   */
  readonly growthBytes?: number;
  /**
   * Milliseconds of CPU time that one call from the host may take, in all threads of its process. Checked twenty times a second, so a call may get up
   * to a tenth of a second more; it ends with `GuestTimeoutError`, and its process ends too. Placement `process` on Linux only; either engine.
   * Default: no bound.
   */
  readonly cpuMs?: number;
  /**
   * Bytes of memory that the guests' process may have besides what Node.js has when it starts: what V8 and native code allocate, and on engine `v8` the guests' memories (`RLIMIT_DATA`;
   * memories on engine `wasmedge` do not count there, `memoryPages` bounds them). Beyond it, such memories do not grow, and code that cannot go on without memory ends the process, which is a
   * `GuestCrashError`. Threads and JavaScript take some of it, so 64 MiB is not much. Placement `process` on Linux only; either engine. Default: no bound.
   */
  readonly memoryBytes?: number;
}
