import { onAbort } from '@wasmedge-plugins/core';

interface Waiting {
  readonly begin: () => void;
  readonly refuse: (reason: unknown) => void;
}

/** Lets one after another have what only one may have at a time, in the order in which they asked. */
export class TurnQueue {
  readonly #waiting = new Set<Waiting>();
  #isTaken = false;
  #isClosed = false;
  #closedWith: unknown;

  /** Whether somebody has it. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /**
   * Waits for those before.
   *
   * @param signal gives up the waiting. Default: it goes on until it is closed.
   * @returns what gives it to the next; further calls do nothing.
   * @throws the signal's reason, once it is aborted.
   * @throws what {@link TurnQueue.close} was given, once it is closed.
   */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw this.#closedWith;
    if (this.#isTaken) await this.#turn(signal);
    this.#isTaken = true;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#pass();
    };
  }

  /** Refuses all who wait and all who come, with a reason. Whoever has it keeps it. */
  close(reason: unknown): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closedWith = reason;
    for (const { refuse } of [...this.#waiting]) refuse(reason);
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    let stopListening = () => {};
    let waiting: Waiting | undefined;
    try {
      await new Promise<void>((begin, refuse) => {
        waiting = { begin, refuse };
        this.#waiting.add(waiting);
        if (signal === undefined) return;
        stopListening = onAbort(signal, () => {
          // One whose turn has come has it, and must give it on.
          if (waiting !== undefined && this.#waiting.delete(waiting)) refuse(signal.reason);
        });
      });
    } finally {
      stopListening();
      if (waiting !== undefined) this.#waiting.delete(waiting);
    }
  }

  /** Gives it to the next, to whom it belongs from now on. */
  #pass(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#isTaken = false;
      return;
    }
    this.#waiting.delete(next);
    next.begin();
  }
}
