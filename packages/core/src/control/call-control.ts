import { GuestAbortError } from '../errors/guest-errors.js';

/** Size of the memory that a {@link CallControl} is on, in bytes. */
export const controlSize = 16;

const word = { running: 0, stop: 1, signal: 2, waiting: 3 } as const;
const maxMilliseconds = 0x7fff_ffff;

/**
 * What lets another thread end the call that this one runs. Calls have numbers from 1 to 2^31 - 1, which are not used again while a stop for
 * one may be under way: a stop for a call that has ended does nothing, one for a call that begins later ends it at once.
 */
export class CallControl {
  /** To be handed to the other thread, which makes a control on it. */
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #signal: Int32Array;

  constructor(memory = new SharedArrayBuffer(controlSize)) {
    this.memory = memory;
    this.#words = new Int32Array(memory, 0, 4);
    this.#signal = this.#words.subarray(word.signal, word.signal + 1);
  }

  /** `[0]` is raised by every {@link stop}; what waits in the thread of the guests sleeps on it, and may be woken for other reasons. */
  get signal(): Int32Array {
    return this.#signal;
  }

  /** The call that runs, or 0. */
  get running(): number {
    return Atomics.load(this.#words, word.running);
  }

  /** The call that is to end, or 0; it may have ended. */
  get stopped(): number {
    return Atomics.load(this.#words, word.stop);
  }

  /** Whether the call that runs is to end. */
  get isStopped(): boolean {
    const { stopped } = this;
    return stopped !== 0 && stopped === this.running;
  }

  /** Whether the call that runs waits for something that {@link stop} ends, so that its thread need not be ended. */
  get isWaiting(): boolean {
    return Atomics.load(this.#words, word.waiting) > 0;
  }

  /**
   * In the thread of the guests, before each call.
   *
   * @throws {GuestAbortError} when the call was stopped before it began; then it has not begun.
   */
  begin(call: number): void {
    Atomics.store(this.#words, word.running, call);
    if (this.isStopped) {
      this.end();
      throw stopError();
    }
  }

  /** In the thread of the guests, after each call that was begun. */
  end(): void {
    Atomics.store(this.#words, word.running, 0);
  }

  /** In another thread: ends a call, or has it ended as soon as it begins. What runs in C ends within milliseconds, what waits within 100. */
  stop(call: number): void {
    Atomics.store(this.#words, word.stop, call);
    this.wake();
  }

  /** Has everything look again that sleeps on {@link signal}. */
  wake(): void {
    Atomics.add(this.#signal, 0, 1);
    Atomics.notify(this.#signal, 0);
  }

  /** @throws {GuestAbortError} when the call that runs is to end. */
  refuseStopped(): void {
    if (this.isStopped) throw stopError();
  }

  /**
   * Blocks the thread of the guests for so many milliseconds.
   *
   * @throws {GuestAbortError} when the call that runs is to end.
   */
  sleep(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    this.wait(() => {
      for (;;) {
        const seen = Atomics.load(this.#signal, 0);
        this.refuseStopped();
        const left = until - performance.now();
        if (left <= 0) return;
        Atomics.wait(this.#signal, 0, seen, Math.min(left, maxMilliseconds));
      }
    });
  }

  /** Runs `use`, which waits and looks at {@link isStopped} at least ten times a second. */
  wait<Result>(use: () => Result): Result {
    Atomics.add(this.#words, word.waiting, 1);
    try {
      return use();
    } finally {
      Atomics.sub(this.#words, word.waiting, 1);
    }
  }
}

/** The error of a call that another thread ended. */
export function stopError(label?: string): GuestAbortError {
  const guest = label === undefined ? 'the guest' : `the guest ${label}`;
  return new GuestAbortError(
    `The call of ${guest} was ended by its caller; repeat it if that was not intended.`,
  );
}
