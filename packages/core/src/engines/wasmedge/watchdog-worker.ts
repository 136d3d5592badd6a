import { workerData } from 'node:worker_threads';
import { libraryState, monotonicNow, ticketState, watchdogBoard, withLock } from './watchdog-board.js';

const growthInterval = 100;
const pageSize = 65536;

const { memory, libraryPath, sizeType } = workerData as {
  memory: SharedArrayBuffer;
  libraryPath: string;
  sizeType: string;
};
const board = watchdogBoard(memory);

type SetCostLimit = (statistics: number, limit: number) => void;
type PageCount = (memory: number) => number | bigint;

let watchedCall = -1;
let residentBefore = 0;

// koffi and the library are loaded when a call is seen that may have to be ended, which most threads never have: a process that ends
// while koffi is being loaded in another thread is aborted, so the thread that is watched waits for it when it ends.
let seen = Atomics.load(board.signal, 0);
while (!isNeeded()) {
  Atomics.wait(board.signal, 0, seen, growthInterval);
  seen = Atomics.load(board.signal, 0);
}
if (
  Atomics.compareExchange(board.library, 0, libraryState.none, libraryState.loading) === libraryState.none
) {
  const { koffi } = await import('../../native/koffi.js');
  const library = koffi.load(libraryPath);
  const setCostLimit = library.func('WasmEdge_StatisticsSetCostLimit', 'void', ['uint64_t', 'uint64_t']);
  const pageCount = library.func('WasmEdge_MemoryInstanceGetPageSize', sizeType, ['uint64_t']);
  Atomics.store(board.library, 0, libraryState.loaded);
  Atomics.notify(board.library, 0);
  watch(setCostLimit, pageCount);
}

function watch(setCostLimit: SetCostLimit, pageCount: PageCount): never {
  for (;;) {
    seen = Atomics.load(board.signal, 0);
    const nextDeadline = fireExpired(setCostLimit);
    endGrowingCall(setCostLimit, pageCount);
    Atomics.wait(board.signal, 0, seen, Math.min(nextDeadline, growthInterval));
  }
}

/** Whether a call is running that may have to be ended. */
function isNeeded(): boolean {
  return board.current[0] !== 0 || board.states.some((state) => state !== ticketState.idle);
}

/** Ends the calls whose time is over; returns the milliseconds until the next one is due. */
function fireExpired(setCostLimit: SetCostLimit): number {
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
      setCostLimit(ticketStatistics[index] ?? 0, 1);
      Atomics.store(states, index, ticketState.fired);
      Atomics.notify(states, index);
    }
  }
  return next;
}

/** Ends a call during which the process has grown by more than it may, the memories of its guests aside. */
function endGrowingCall(setCostLimit: SetCostLimit, pageCount: PageCount): void {
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
    if (isSameCall && resident - residentBefore - guestBytes(pageCount) > (current[1] ?? 0)) {
      setCostLimit(statistics, 1);
      current[2] = statistics;
      calls[1] = 1;
    }
  });
}

function guestBytes(pageCount: PageCount): number {
  return board.memories.reduce(
    (total, pointer) => total + (pointer === 0 ? 0 : Number(pageCount(pointer)) * pageSize),
    0,
  );
}
