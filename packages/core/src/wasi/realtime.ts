const millisecond = 1_000_000n;
// Two readings that are further apart do not tell when the millisecond changed: something else ran in between.
const closeEnough = 2_000n;
const maxAttempts = 5;

/**
 * The time of the day in nanoseconds. Node.js tells it in whole milliseconds, behind the time stamps of files that were just written, and
 * the finer clock without the day. So it is looked once when a millisecond begins, and counted from there; where both clocks part, since
 * the system's was set, it is looked again.
 */
export class Realtime {
  readonly #milliseconds: () => number;
  readonly #nanoseconds: () => bigint;
  /** What the finer clock is behind. */
  #offset: bigint | undefined;
  #last = 0n;

  /** The clocks that it is made of; other ones are for tests. */
  constructor(milliseconds = () => Date.now(), nanoseconds = () => process.hrtime.bigint()) {
    this.#milliseconds = milliseconds;
    this.#nanoseconds = nanoseconds;
  }

  now(): bigint {
    this.#offset ??= this.#compare();
    const earliest = this.#coarse();
    let time = this.#nanoseconds() + this.#offset;
    const latest = this.#coarse() + 2n * millisecond;
    if (time < earliest || time >= latest) {
      this.#offset = this.#compare();
      time = this.#nanoseconds() + this.#offset;
    }
    // It goes back when the system's clock was set back, and then only.
    if (time < this.#last && this.#last < latest) return this.#last;
    this.#last = time;
    return time;
  }

  #coarse(): bigint {
    return BigInt(this.#milliseconds()) * millisecond;
  }

  #compare(): bigint {
    let best: { readonly offset: bigint; readonly gap: bigint } | undefined;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const found = this.#nextMillisecond();
      if (best === undefined || found.gap < best.gap) best = found;
      if (best.gap <= closeEnough) break;
    }
    return best?.offset ?? 0n;
  }

  /** Waits until a millisecond begins. The finer time is one from just before, so that the clock is never behind. */
  #nextMillisecond() {
    let before = this.#nanoseconds();
    const first = this.#milliseconds();
    for (;;) {
      const start = this.#nanoseconds();
      const now = this.#milliseconds();
      if (now !== first) {
        return { offset: BigInt(now) * millisecond - before, gap: this.#nanoseconds() - before };
      }
      before = start;
    }
  }
}
