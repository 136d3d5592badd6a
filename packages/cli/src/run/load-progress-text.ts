/**
 * What a thread runs that tells how long a model has been loading: the thread of the guest waits for the model, and can tell nothing. In `state[0]` is a
 * number while one is loaded, and 0 otherwise; `state[1]` is 1 while the line is shown.
 */
export const loadProgressText = `
const { state, fd, delayMs } = require('node:worker_threads').workerData;
const { writeSync } = require('node:fs');
const write = (text) => { try { writeSync(fd, text); } catch {} };
for (;;) {
  const load = Atomics.load(state, 0);
  if (load === 0) { Atomics.wait(state, 0, 0); continue; }
  const began = performance.now();
  if (Atomics.wait(state, 0, load, delayMs) !== 'timed-out') continue;
  Atomics.store(state, 1, 1);
  while (Atomics.load(state, 0) === load) {
    write('\\r\\x1b[Kloading a model (' + ((performance.now() - began) / 1000).toFixed(1) + ' s)');
    Atomics.wait(state, 0, load, 200);
  }
  write('\\r\\x1b[K');
  Atomics.store(state, 1, 0);
  Atomics.notify(state, 1);
}`;
