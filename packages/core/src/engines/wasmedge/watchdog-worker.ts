import { workerData } from 'node:worker_threads';
import { koffi } from '../../native/koffi.js';
import { monotonicNow, ticketState, watchdogBoard } from './watchdog-board.js';

const { memory, libraryPath } = workerData as { memory: SharedArrayBuffer; libraryPath: string };
const { signal, states, deadlines, addresses } = watchdogBoard(memory);
const setCostLimit = koffi
  .load(libraryPath)
  .func('WasmEdge_StatisticsSetCostLimit', 'void', ['uint64_t', 'uint64_t']);

for (;;) {
  const seen = Atomics.load(signal, 0);
  Atomics.wait(signal, 0, seen, fireExpired());
}

/** Ends the calls whose time is over; returns the milliseconds until the next one is due. */
function fireExpired(): number {
  const now = monotonicNow();
  let next = Number.POSITIVE_INFINITY;
  for (let index = 0; index < states.length; index++) {
    if (Atomics.load(states, index) !== ticketState.armed) {
      continue;
    }
    const left = (deadlines[index] ?? 0) - now;
    if (left > 0) {
      next = Math.min(next, left);
    } else if (
      Atomics.compareExchange(states, index, ticketState.armed, ticketState.firing) === ticketState.armed
    ) {
      setCostLimit(addresses[index], 1);
      Atomics.store(states, index, ticketState.fired);
      Atomics.notify(states, index);
    }
  }
  return next;
}
