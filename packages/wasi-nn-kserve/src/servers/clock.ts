/** Time and chance, so that tests have their own. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Calls back once after so many milliseconds, unless what it returns is called before. */
  after(milliseconds: number, then: () => void): () => void;
  /** At least 0 and less than 1. */
  random(): number;
}

/** The machine's time, which no change of its date moves. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
