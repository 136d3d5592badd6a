import { isMainThread } from 'node:worker_threads';
import { atExit } from '../../control/at-exit.js';

/**
 * Has `stop` called when this thread ends while it runs a host function, by `process.exit()`: the guest around it is C code, which nothing else interrupts, and
 * the thread could not end. What is returned takes that back.
 */
export function endWithThread(stop: () => void): () => void {
  // With the main thread the process ends.
  if (isMainThread) return () => {};
  return atExit(() => {
    stop();
    return undefined;
  });
}
