import { subscribe } from 'node:diagnostics_channel';
import { Worker } from 'node:worker_threads';
import { loadProgressText } from './load-progress-text.js';

/** Where and when it is told that a model is being loaded. */
export interface LoadProgressOptions {
  /** The descriptor that it is written to. Default: stderr. */
  readonly fd?: number;
  /** How long a load takes that is told, in milliseconds. Default: 500. */
  readonly delayMs?: number;
}

/** How long the end of a load waits for the line to be gone, which takes no time unless the machine is busy. */
const maxWaitMs = 1000;

/** Tells of each model that a guest has loaded, in a line that is gone afterwards, when it takes long. For a terminal. */
export function showModelLoads({ fd = 2, delayMs = 500 }: LoadProgressOptions = {}): void {
  const state = new Int32Array(new SharedArrayBuffer(8));
  new Worker(loadProgressText, { eval: true, workerData: { state, fd, delayMs } }).unref();
  let loads = 0;
  const set = (load: number) => {
    Atomics.store(state, 0, load);
    Atomics.notify(state, 0);
  };
  subscribe('wasmedge-plugins:model-load', (event) => {
    if ((event as { phase: string }).phase === 'begin') {
      loads = (loads % 1_000_000) + 1;
      set(loads);
    } else {
      set(0);
      Atomics.wait(state, 1, 1, maxWaitMs);
    }
  });
}
