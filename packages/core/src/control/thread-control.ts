import type { CallControl } from './call-control.js';

let control: CallControl | undefined;

/**
 * Has the guests of this thread end when another thread says so, whichever runtime they are in. To be called before a runtime is made, in
 * a thread that runs guests for another one.
 */
export function controlThread(by: CallControl): void {
  control = by;
}

/** What ends the guests of this thread; `undefined` where nobody else does. */
export function threadControl(): CallControl | undefined {
  return control;
}
