import type { ClientHttp2Session } from 'node:http2';

/** When a connection is held for dead. */
export interface KeepAliveTimes {
  /** Milliseconds without a word from the server, while calls run, after which it is asked for a sign of life. */
  readonly silenceMs: number;
  /** Milliseconds that it has for one. */
  readonly answerMs: number;
  /** Milliseconds between two questions without a word in between. gRPC servers end connections that ask more often than every 5 minutes. */
  readonly pauseMs: number;
}

export const defaultKeepAliveTimes: KeepAliveTimes = {
  silenceMs: 20_000,
  answerMs: 10_000,
  pauseMs: 330_000,
};

/** Notices by pings that nobody is at the other end any more, while calls wait for an answer. */
export class KeepAlive {
  #heardAt = performance.now();
  #askedAt = Number.NEGATIVE_INFINITY;
  /** How often it was looked at since the question; undefined without one. Counted, since a thread that was held up has not read the answer yet. */
  #looks: number | undefined;
  readonly #maxLooks: number;

  constructor(
    readonly session: ClientHttp2Session,
    readonly times: KeepAliveTimes,
    hasCalls: () => boolean,
  ) {
    const interval = Math.min(times.silenceMs, times.answerMs) / 2;
    this.#maxLooks = Math.ceil(times.answerMs / interval) + 1;
    const timer = setInterval(() => hasCalls() && this.check(), interval).unref();
    session.once('close', () => clearInterval(timer));
  }

  /** The server has sent something. */
  heard(): void {
    this.#heardAt = performance.now();
  }

  /** Asks after a long silence, also before the first call after one; ends the connection when no answer has come. */
  check(): void {
    const now = performance.now();
    const isHeard = this.#heardAt > this.#askedAt;
    if (isHeard) this.#looks = undefined;
    if (this.#looks !== undefined) {
      if (this.#looks++ < this.#maxLooks) return;
      this.session.destroy(
        new Error(`it was silent, and did not answer a ping within ${this.times.answerMs} ms`),
      );
    } else if (
      now - this.#heardAt >= this.times.silenceMs &&
      (isHeard || now - this.#askedAt >= this.times.pauseMs)
    ) {
      this.#askedAt = now;
      this.#looks = 0;
      this.session.ping((error) => {
        if (error === null) this.heard();
      });
    }
  }
}
