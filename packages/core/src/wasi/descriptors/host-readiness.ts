import { builtin } from '../../builtin.js';
import { threadControl } from '../../control/thread-control.js';
import { libc, type Readiness } from '../../native/libc.js';
import { sleep, stopMilliseconds } from '../sleep.js';
import { WasiError } from '../wasi-error.js';

// Between two parts of a wait this thread can be ended, as process.exit() does with workers.
const partMilliseconds = 50;
// How long to wait before a descriptor is tried again that nothing tells of.
const retryMilliseconds = 2;

/**
 * Waits until one of the descriptors is ready or so many milliseconds have passed. Where the C library cannot be called, they are all
 * taken for ready at once.
 *
 * @throws {GuestAbortError} when another thread ends the call meanwhile.
 */
export function waitUntilReady(descriptors: readonly Readiness[], milliseconds: number): void {
  const library = libc();
  if (library === undefined) {
    for (const each of descriptors) each.ready = true;
    return;
  }
  const control = threadControl();
  const wait = () => {
    const end = performance.now() + milliseconds;
    for (;;) {
      const left = Math.max(0, end - performance.now());
      // Rounded up, so that a wait is never too short.
      library.poll(descriptors, Math.ceil(Math.min(left, partMilliseconds)));
      if (left === 0 || descriptors.some(({ ready }) => ready)) return;
      control?.refuseStopped();
    }
  };
  if (control === undefined) wait();
  else control.wait(wait);
}

/** Whether a call of the system must not wait by itself: nobody could end this thread, or the guest when its time is over. */
export function mustNotWait(remainingMs: () => number): boolean {
  return (
    !builtin('node:worker_threads').isMainThread ||
    threadControl() !== undefined ||
    Number.isFinite(remainingMs())
  );
}

/**
 * Returns when one descriptor is ready; where the C library cannot be called, at once.
 *
 * @throws {WasiError} `again` when it is not and must not be waited for, `timedout` when the guest's time is over.
 */
export function requireReady(fd: number, reads: boolean, wait: boolean, remainingMs: () => number): void {
  const descriptor = { fd, reads, ready: false, hungUp: false };
  waitUntilReady([descriptor], wait ? remainingMs() + stopMilliseconds : 0);
  if (!descriptor.ready) throw new WasiError(wait ? 'timedout' : 'again');
}

/** Waits before a call is tried again that answered that it would wait. */
export function waitToRetry(fd: number, reads: boolean, remainingMs: () => number): void {
  if (libc() === undefined) sleep(retryMilliseconds);
  else requireReady(fd, reads, true, remainingMs);
}
