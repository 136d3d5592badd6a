/** Ends work after a time, or with the work around it. */
export class Cancellation implements Disposable {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #follow = () => this.#controller.abort(this.#parent.reason);

  /** `reason` makes what the work rejects with when its time is over. */
  constructor(parent: AbortSignal, timeoutMs: number, reason: () => Error) {
    this.#parent = parent;
    this.#timer = setTimeout(() => this.#controller.abort(reason()), timeoutMs);
    parent.addEventListener('abort', this.#follow, { once: true });
    if (parent.aborted) {
      this.#follow();
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.#follow);
  }
}

/** A promise that rejects with the signal's reason when it is aborted; `start` returns what cleans up in that case. */
export function abortable<Value>(
  signal: AbortSignal,
  start: (resolve: (value: Value) => void, reject: (error: unknown) => void) => (() => void) | undefined,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const cleanUp = start(
      (value) => {
        signal.removeEventListener('abort', stop);
        resolve(value);
      },
      (error) => {
        signal.removeEventListener('abort', stop);
        reject(error);
      },
    );
    function stop() {
      reject(signal.reason);
      cleanUp?.();
    }
    signal.addEventListener('abort', stop, { once: true });
  });
}
