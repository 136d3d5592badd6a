import { sleep, stopMilliseconds } from '../sleep.js';
import { nodeCode, WasiError } from '../wasi-error.js';

// What is waited for is looked for again after times that double, from a short one to one that nobody notices.
const shortestMilliseconds = 0.1;
const longestMilliseconds = 8;

/** Tries until there is an answer, as long as the guest may run. */
export function waitFor<Result>(attempt: () => Result | undefined, remainingMs: () => number): Result {
  const end = performance.now() + remainingMs() + stopMilliseconds;
  for (let pause = shortestMilliseconds; ; pause = Math.min(2 * pause, longestMilliseconds)) {
    const result = attempt();
    if (result !== undefined) return result;
    if (performance.now() > end) throw new WasiError('timedout');
    sleep(pause);
  }
}

/** What `attempt` returns, or `undefined` when it fails with this code of the system. */
export function unlessCode<Result>(code: string, attempt: () => Result): Result | undefined {
  try {
    return attempt();
  } catch (error) {
    if (nodeCode(error) !== code) throw error;
    return undefined;
  }
}
