import { workerData } from 'node:worker_threads';
import type { WatchedParent } from './watch-parent.js';

// The thread that looks whether the process lives that started this one.

const { parent } = workerData as WatchedParent;
const betweenLooks = 250;
const never = new Int32Array(new SharedArrayBuffer(4));

while (isAlive()) Atomics.wait(never, 0, 0, betweenLooks);
process.kill(process.pid, 'SIGKILL');

function isAlive(): boolean {
  // Where orphans keep the number of their parent, as on Windows, its number is free afterwards.
  if (process.ppid !== parent) return false;
  try {
    return process.kill(parent, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
