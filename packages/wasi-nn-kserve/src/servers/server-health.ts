import { backOffMs, ejectionBackOff } from './back-off.js';

/** So many failures one after the other, and a server gets no calls for a while. */
const failuresToEject = 3;

/** Whether a server gets calls, by what came of those before. */
export class ServerHealth {
  #failures = 0;
  /** How often it was ejected since it last answered a call. */
  #ejections = 0;
  #until: number | undefined;
  /** When it was last readmitted: what was lost that had begun before tells nothing new. */
  #since = Number.NEGATIVE_INFINITY;
  #isProbed = false;

  get isEjected(): boolean {
    return this.#until !== undefined;
  }

  /** Whether it has been ejected long enough to be asked whether it is back, which nobody does yet. */
  isDue(now: number): boolean {
    return this.#until !== undefined && now >= this.#until && !this.#isProbed;
  }

  beginProbe(): void {
    this.#isProbed = true;
  }

  /** A call that began then did not reach it. Returns for how many milliseconds it gets no calls, if that ejects it or keeps it ejected. */
  failed(now: number, begunAt: number): number | undefined {
    if (begunAt < this.#since) return undefined;
    this.#failures++;
    if (this.#until === undefined) return this.#failures < failuresToEject ? undefined : this.#eject(now);
    // Calls that had no better server tell nothing new until it is due.
    return this.isDue(now) ? this.#eject(now) : undefined;
  }

  /** It is not back yet. */
  probeFailed(now: number): number | undefined {
    this.#isProbed = false;
    return this.#until === undefined ? undefined : this.#eject(now);
  }

  /** It is back, but the next failure ejects it again, for longer. Returns whether it was ejected. */
  probeSucceeded(now: number): boolean {
    this.#isProbed = false;
    if (!this.isEjected) return false;
    this.#failures = failuresToEject - 1;
    this.#since = now;
    this.#until = undefined;
    return true;
  }

  /** It has answered a call. Returns whether it was ejected. */
  answered(): boolean {
    const wasEjected = this.isEjected;
    this.#failures = 0;
    this.#ejections = 0;
    this.#until = undefined;
    return wasEjected;
  }

  #eject(now: number): number {
    const forMs = backOffMs(ejectionBackOff, this.#ejections++);
    this.#until = now + forMs;
    return forMs;
  }
}
