import { threadControl } from '../control/thread-control.js';

const never = new Int32Array(new SharedArrayBuffer(4));

/** A guest whose time is over is stopped by another thread, before it can take the end of its sleep for the real one. */
export const stopMilliseconds = 200;

/**
 * Blocks this thread for so many milliseconds.
 *
 * @throws {GuestAbortError} when another thread ends the call meanwhile.
 */
export function sleep(milliseconds: number): void {
  const control = threadControl();
  if (control === undefined) Atomics.wait(never, 0, 0, milliseconds);
  else control.sleep(milliseconds);
}
