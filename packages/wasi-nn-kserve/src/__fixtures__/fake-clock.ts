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
      const next = [...this.#timers].sort(([, a], [, b]) => a.at - b.at)[0];
      if (next === undefined || next[1].at > end) break;
      this.#timers.delete(next[0]);
      this.#now = Math.max(this.#now, next[1].at);
      next[1].then();
      await setImmediate();
    }
    this.#now = end;
    await setImmediate();
  }
}
