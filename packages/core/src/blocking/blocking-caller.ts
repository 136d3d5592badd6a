/**
 * A function that runs on the helper thread, named by its module and export so that it can be loaded there.
 *
 * Whatever it prints goes to stderr. If its answer is a `Uint8Array`, or an object with such fields, each buffer that belongs to one
 * of them entirely is moved to the caller: do not keep it.
 */
export interface BlockingTask {
  /** URL of the module, usually made with `new URL('./task.js', import.meta.url)`; `undefined` if there is only its text. */
  readonly moduleUrl: string | URL | undefined;
  /**
   * The text of the same module, used if the file is missing or `moduleUrl` is `undefined`, as in a bundle. It may import only Node.js modules; the
   * variable `helperAddress` in it is the URL of the file that contains core. Default: none.
   */
  readonly moduleText?: string | undefined;
  /** Name of the exported function: `(request, { signal }) => Promise<response>`. */
  readonly exportName: string;
}

/** Options of one blocking call. */
export interface BlockingCallOptions {
  /**
   * Milliseconds after which the call fails with `BlockingTimeoutError` and the task's `signal` is aborted. The task then has one second
   * to clean up, during which the caller still waits; after that its thread is ended. Default: no limit.
   */
  readonly timeoutMs?: number;
  /** Buffers that are moved to the helper thread instead of being copied, and are empty here afterwards. Default: all are copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Runs asynchronous work on a helper thread while this thread waits for the answer. */
export interface BlockingCaller extends Disposable {
  /**
   * Runs the task with a structured clone of `request` and returns a structured clone of its answer.
   *
   * @throws {BlockingTimeoutError} when `timeoutMs` have passed.
   * @throws {BlockingCallError} when the thread ends, the task cannot be loaded, or the request or answer cannot be cloned.
   * @throws {InvalidArgumentError} when `moduleUrl` is not a URL or `timeoutMs` is not a number of at least 0.
   * @throws {DisposedError} after disposal.
   * @throws the task's own error, rebuilt with its name, message, `code` and cause.
   */
  call<Response>(task: BlockingTask, request: unknown, options?: BlockingCallOptions): Response;
  /**
   * The same on the same helper thread, while this thread continues. Tasks of both kinds run one after another, in the order of their calls, so
   * a `call` waits for those that began earlier. The process stays alive until the answer arrives.
   *
   * @throws everything that {@link BlockingCaller.call} throws, as a rejection.
   */
  callAsync<Response>(task: BlockingTask, request: unknown, options?: BlockingCallOptions): Promise<Response>;
}
