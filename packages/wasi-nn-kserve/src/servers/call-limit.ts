import { onAbort } from '@wasmedge-plugins/core';
import { longLivedController } from '../transports/long-lived-controller.js';
import type { Clock } from './clock.js';

/** What ended a call before it was answered. */
export type CallEnd = 'deadline' | 'aborted' | 'closed';

/** The controller of a call that was answered in time, which is as good as new: to make one takes long for a small call. */
let spare: AbortController | undefined;

/** How long a call lasts at most, with all that is tried for it. Whoever makes one lifts it when the call is over, so that nothing is left of it. */
export class CallLimit {
  readonly #clock: Clock;
  readonly #deadline: number;
  readonly #timeoutMs: number;
  readonly #controller: AbortController;
  readonly #clear: () => void;
  readonly #waits = new Set<(reason: unknown) => void>();
  #end: CallEnd | undefined;

  /** With a signal of the caller's that is not aborted yet. */
  constructor(clock: Clock, timeoutMs: number, signal: AbortSignal | undefined) {
    this.#controller = spare ?? longLivedController();
    spare = undefined;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#deadline = clock.now() + timeoutMs;
    const clearTimer = clock.after(timeoutMs, () => {
      this.stop('deadline', new Error(`The deadline of ${timeoutMs} ms is over.`));
    });
    const forget = signal && onAbort(signal, () => this.stop('aborted', signal.reason));
    this.#clear = () => {
      clearTimer();
      forget?.();
    };
  }

  /** Aborted when the call is over before it was answered. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Undefined while it is not over. */
  get end(): CallEnd | undefined {
    return this.#end;
  }

  /** Never less than 1, and never more than it was at first, whatever the clock does. */
  get remainingMs(): number {
    return Math.max(1, Math.min(this.#timeoutMs, Math.ceil(this.#deadline - this.#clock.now())));
  }

  stop(end: CallEnd, reason: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#clear();
    this.#controller.abort(reason);
    for (const interrupt of this.#waits) interrupt(reason);
    this.#waits.clear();
  }

  /** The call is over, and was answered. */
  lift(): void {
    this.#clear();
    if (this.#end === undefined) spare = this.#controller;
  }

  /** Waits for something, but no longer than the call lasts: what never ends, or ends later, changes nothing then. */
  within<Value>(start: () => PromiseLike<Value>): Promise<Value> {
    if (this.#end !== undefined) return Promise.reject(this.signal.reason);
    const waits = this.#waits;
    return new Promise<Value>((resolve, reject) => {
      waits.add(reject);
      start().then(
        (value) => {
          waits.delete(reject);
          resolve(value);
        },
        (error) => {
          waits.delete(reject);
          reject(error);
        },
      );
    });
  }

  /** Waits so long, but no longer than the call lasts. */
  async pause(milliseconds: number): Promise<void> {
    let clear: (() => void) | undefined;
    const wait = new Promise<void>((resolve) => {
      clear = this.#clock.after(milliseconds, resolve);
    });
    try {
      await this.within(() => wait);
    } finally {
      clear?.();
    }
  }
}
