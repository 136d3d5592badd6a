/** A time as `process.hrtime()` tells it: whole seconds, and nanoseconds. */
export type HighResolutionTime = readonly [seconds: number, nanoseconds: number];

/** Nanoseconds since an instance was made, as a number: the finest that Node.js tells at the cost of no more than the system's own call. */
export class ElapsedTime {
  readonly #clock: () => HighResolutionTime;
  readonly #startSeconds: number;
  readonly #startNanoseconds: number;

  /** The clock that it reads; another one is for tests. */
  constructor(clock: () => HighResolutionTime = process.hrtime) {
    this.#clock = clock;
    [this.#startSeconds, this.#startNanoseconds] = clock();
  }

  /** What the clock told at first, in nanoseconds. */
  get start(): bigint {
    return BigInt(this.#startSeconds) * 1_000_000_000n + BigInt(this.#startNanoseconds);
  }

  now(): number {
    const time = this.#clock();
    return (time[0] - this.#startSeconds) * 1e9 + (time[1] - this.#startNanoseconds);
  }
}
