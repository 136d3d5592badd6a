import { workerData } from 'node:worker_threads';
import { koffi } from '../../native/koffi.js';
import { monotonicNow, ticketState, watchdogBoard, withLock } from './watchdog-board.js';

const growthInterval = 100;
const pageSize = 65536;

const { memory, libraryPath, sizeType } = workerData as {
  memory: SharedArrayBuffer;
  libraryPath: string;
  sizeType: string;
};
const board = watchdogBoard(memory);
const library = koffi.load(libraryPath);
const setCostLimit = library.func('WasmEdge_StatisticsSetCostLimit', 'void', ['uint64_t', 'uint64_t']);
const pageCount = library.func('WasmEdge_MemoryInstanceGetPageSize', sizeType, ['uint64_t']);

let watchedCall = -1;
let residentBefore = 0;

for (;;) {
  const seen = Atomics.load(board.signal, 0);
  const nextDeadline = fireExpired();
  endGrowingCall();
  Atomics.wait(board.signal, 0, seen, Math.min(nextDeadline, growthInterval));
}

/** Ends the calls whose time is over; returns the milliseconds until the next one is due. */
function fireExpired(): number {
  const { states, deadlines, ticketStatistics } = board;
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
      setCostLimit(ticketStatistics[index], 1);
      Atomics.store(states, index, ticketState.fired);
      Atomics.notify(states, index);
    }
  }
  return next;
}

/** Ends a call during which the process has grown by more than it may, the memories of its guests aside. */
function endGrowingCall(): void {
  const { calls, current } = board;
  const resident = process.memoryUsage.rss();
  const call = calls[0] ?? 0;
  if (call !== watchedCall || current[0] === 0) {
    watchedCall = call;
    residentBefore = resident;
    return;
  }
  if (resident - residentBefore <= (current[1] ?? 0)) {
    return;
  }
  withLock(board, () => {
    const statistics = current[0] ?? 0;
    const isSameCall = calls[0] === call && statistics !== 0 && calls[1] === 0;
    if (isSameCall && resident - residentBefore - guestBytes() > (current[1] ?? 0)) {
      setCostLimit(statistics, 1);
      current[2] = statistics;
      calls[1] = 1;
    }
  });
}

function guestBytes(): number {
  return board.memories.reduce(
    (total, pointer) => total + (pointer === 0 ? 0 : Number(pageCount(pointer)) * pageSize),
    0,
  );
}
