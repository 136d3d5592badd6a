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
    let immediate: NodeJS.Immediate | undefined;
    // Where this thread was kept busy, timers come before answers that are there: these first, so that nobody is blamed for it.
    const timer = setTimeout(() => {
      immediate = setImmediate(then);
    }, milliseconds);
    return () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    };
  },
  random: Math.random,
};
