import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../servers/clock.js';

/** A clock that a test moves; chance is what the test says. */
export class FakeClock implements Clock {
  readonly #timers = new Map<object, { readonly at: number; readonly then: () => void }>();
  #now = 0;
  /** What `random` returns. */
  chance = 1 - Number.EPSILON;

  /** Timers that are set. */
  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, then: () => void): () => void {
    const timer = {};
    this.#timers.set(timer, { at: this.#now + milliseconds, then });
    return () => this.#timers.delete(timer);
  }

  random(): number {
    return this.chance;
  }

  /** Changes the time without calling back, as when somebody sets a clock. */
  jump(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Lets time pass, and all that is due happen in its order. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await setImmediate();
    for (;;) {
      const at = Math.min(...[...this.#timers.values()].map((timer) => timer.at));
      if (at > end) break;
      this.#now = Math.max(this.#now, at);
      for (const [key, timer] of this.#timers) {
        if (timer.at > at || !this.#timers.delete(key)) continue;
        timer.then();
      }
      await setImmediate();
    }
    this.#now = end;
    await setImmediate();
  }
}
