/** Milliseconds between two looks at whether something has ended, and so the least that it is given. */
const lookInterval = 25;

/** Milliseconds that something is given at most that will end by itself. */
const maxPatience = 2000;

/**
 * Calls `giveUp` for what was asked to end, unless what is returned is called before: soon when it will not end by itself, and after two seconds when it said that
 * it would.
 */
export function giveTime(endsByItself: () => boolean, giveUp: () => void): () => void {
  const began = performance.now();
  const timer = setInterval(() => {
    if (endsByItself() && performance.now() - began < maxPatience) return;
    clearInterval(timer);
    giveUp();
  }, lookInterval);
  return () => clearInterval(timer);
}
