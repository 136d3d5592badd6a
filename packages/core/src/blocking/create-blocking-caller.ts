import { DisposedError, InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import type { BlockingCaller, BlockingCallOptions, BlockingTask } from './blocking-caller.js';
import { type HelperCall, HelperThread } from './helper-thread.js';
import { taskUrl } from './task-url.js';

/** Holds the thread apart from the caller, so that the finalizer can end it without keeping the caller. */
interface Slot {
  thread: HelperThread | undefined;
}

const forgotten = new FinalizationRegistry<Slot>((slot) => slot.thread?.end());

/**
 * Creates a caller with one helper thread, which starts with the first call and ends at disposal. It does not keep the process
 * alive. Works on the main thread and on worker threads.
 */
export function createBlockingCaller(): BlockingCaller {
  return new ThreadBlockingCaller();
}

class ThreadBlockingCaller implements BlockingCaller {
  readonly #slot: Slot = { thread: undefined };
  #disposed = false;

  call<Response>(task: BlockingTask, request: unknown, options: BlockingCallOptions = {}): Response {
    const call = this.#checkedCall(task, request, options);
    return this.#liveThread().run(call) as Response;
  }

  async callAsync<Response>(
    task: BlockingTask,
    request: unknown,
    options: BlockingCallOptions = {},
  ): Promise<Response> {
    const call = this.#checkedCall(task, request, options);
    return (await this.#liveThread().runAsync(call)) as Response;
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    if (this.#slot.thread !== undefined) {
      forgotten.unregister(this);
      this.#slot.thread.end();
      this.#slot.thread = undefined;
    }
  }

  #checkedCall(task: BlockingTask, request: unknown, options: BlockingCallOptions): HelperCall {
    if (this.#disposed) {
      throw new DisposedError(
        'The blocking caller was disposed. Create a new one with createBlockingCaller().',
      );
    }
    return checkedCall(task, request, options);
  }

  #liveThread(): HelperThread {
    if (this.#slot.thread?.isAlive()) return this.#slot.thread;
    if (this.#slot.thread === undefined) forgotten.register(this, this.#slot, this);
    this.#slot.thread?.end();
    this.#slot.thread = undefined;
    this.#slot.thread = new HelperThread();
    return this.#slot.thread;
  }
}

function checkedCall(task: BlockingTask, request: unknown, options: BlockingCallOptions): HelperCall {
  checkOptionNames<BlockingCallOptions>('a blocking call', options, { timeoutMs: true, transfer: true });
  const { timeoutMs = Number.POSITIVE_INFINITY, transfer = [] } = options;
  const url = taskUrl(task);
  if (!URL.canParse(url)) {
    throw new InvalidArgumentError(
      `The task's moduleUrl "${url}" is not a URL. Make it with new URL('./task.js', import.meta.url).`,
    );
  }
  if (typeof timeoutMs !== 'number' || !(timeoutMs >= 0)) {
    throw new InvalidArgumentError(
      `timeoutMs must be a number of milliseconds from 0, not ${String(timeoutMs)}.`,
    );
  }
  return { moduleUrl: url, exportName: task.exportName, request, timeoutMs, transfer };
}
