import { backOffMs, ejectionBackOff } from './back-off.js';

/** So many failures one after the other, and a server gets no calls for a while. */
const failuresToEject = 3;

/** Whether a server gets calls, by what came of those before. */
export class ServerHealth {
  #failures = 0;
  /** How often it was ejected since it last answered a call. */
  #ejections = 0;
  #until: number | undefined;
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

  /** A call did not reach it. Returns for how many milliseconds it gets no calls, if that ejects it or keeps it ejected. */
  failed(now: number): number | undefined {
    this.#failures++;
    if (this.#until === undefined) return this.#failures < failuresToEject ? undefined : this.#eject(now);
    // Calls that had begun before, or that had no better server, tell nothing new until it is due.
    return this.isDue(now) ? this.#eject(now) : undefined;
  }

  /** It is not back yet. */
  probeFailed(now: number): number | undefined {
    this.#isProbed = false;
    return this.#until === undefined ? undefined : this.#eject(now);
  }

  /** It is back, but the next failure ejects it again, for longer. Returns whether it was ejected. */
  probeSucceeded(): boolean {
    this.#isProbed = false;
    const wasEjected = this.isEjected;
    if (wasEjected) this.#failures = failuresToEject - 1;
    this.#until = undefined;
    return wasEjected;
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
