import { ElapsedTime, type HighResolutionTime } from './elapsed-time.js';
import { TimeWords } from './time-words.js';

const millisecond = 1_000_000n;
// Two readings that are further apart do not tell when the millisecond changed: something else ran in between.
const closeEnough = 2_000;
const maxAttempts = 5;
/** Nanoseconds for which the two clocks are not compared again: to ask for the day takes as long as all else. */
const trusted = 100_000;

/**
 * The time of the day in nanoseconds. Node.js tells it in whole milliseconds, behind the time stamps of files that were just written, and
 * the finer clock without the day. So it is looked once when a millisecond begins, and counted from there; where both clocks part, since
 * the system's was set, it is looked again.
 */
export class Realtime {
  readonly #milliseconds: () => number;
  readonly #elapsed: ElapsedTime;
  readonly #words = new TimeWords(0n);
  /** The time of the day at which {@link ElapsedTime} began; `undefined` before the first look. */
  #base: bigint | undefined;
  /** What has elapsed when the clocks are to be compared again. */
  #nextLook = Number.NEGATIVE_INFINITY;
  /** What has elapsed at least: where a comparison would have the time go back a little, it stands still. */
  #least = Number.NEGATIVE_INFINITY;

  /** The clocks that it is made of; other ones are for tests. */
  constructor(milliseconds = () => Date.now(), nanoseconds?: () => HighResolutionTime) {
    this.#milliseconds = milliseconds;
    this.#elapsed = new ElapsedTime(nanoseconds);
  }

  /** The time as words, which are those of the next call too. */
  look(): TimeWords {
    let elapsed = this.#elapsed.now();
    if (elapsed >= this.#nextLook) elapsed = this.#lookAgain();
    else if (elapsed < this.#least) elapsed = this.#least;
    this.#words.set(elapsed);
    return this.#words;
  }

  now(): bigint {
    return this.look().nanoseconds;
  }

  #lookAgain(): number {
    const before = this.#base === undefined ? undefined : this.#words.nanoseconds;
    this.#base ??= this.#countFrom(this.#compare());
    const earliest = this.#coarse();
    let elapsed = this.#elapsed.now();
    const latest = this.#coarse() + 2n * millisecond;
    let time = this.#base + BigInt(elapsed);
    if (time < earliest || time >= latest) {
      this.#base = this.#countFrom(this.#compare());
      elapsed = this.#elapsed.now();
      time = this.#base + BigInt(elapsed);
      this.#least = Number.NEGATIVE_INFINITY;
    }
    this.#nextLook = elapsed + trusted;
    // It goes back when the system's clock was set back, and then only.
    if (before !== undefined && time < before && before < latest) {
      this.#least = Number(before - this.#base);
      return this.#least;
    }
    return elapsed;
  }

  #countFrom(base: bigint): bigint {
    this.#words.countFrom(base);
    return base;
  }

  #coarse(): bigint {
    return BigInt(this.#milliseconds()) * millisecond;
  }

  #compare(): bigint {
    let best: { readonly base: bigint; readonly gap: number } | undefined;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const found = this.#nextMillisecond();
      if (best === undefined || found.gap < best.gap) best = found;
      if (best.gap <= closeEnough) break;
    }
    return best?.base ?? 0n;
  }

  /** Waits until a millisecond begins. The finer time is one from just before, so that the clock is never behind. */
  #nextMillisecond() {
    let before = this.#elapsed.now();
    const first = this.#milliseconds();
    for (;;) {
      const start = this.#elapsed.now();
      const now = this.#milliseconds();
      if (now !== first) {
        return { base: BigInt(now) * millisecond - BigInt(before), gap: this.#elapsed.now() - before };
      }
      before = start;
    }
  }
}
