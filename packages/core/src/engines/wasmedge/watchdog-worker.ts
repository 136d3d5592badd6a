import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { CallControl } from '../../control/call-control.js';
import type { WatchdogData } from './watchdog.js';
import {
  lookInterval,
  monotonicNow,
  ticketState,
  watchdogBoard,
  watchdogLife,
  withLock,
} from './watchdog-board.js';

const pageSize = 65536;

const { memory, libraryPath, sizeType, port, controlMemory } = workerData as WatchdogData;
const control = controlMemory === undefined ? undefined : new CallControl(controlMemory);
const board = watchdogBoard(memory, control);

type SetCostLimit = (statistics: number, limit: number) => void;
type PageCount = (memory: number) => number | bigint;

/** What the process had when a call was first seen, by how many calls of other runtimes are around it. */
const baselines: { readonly call: number; readonly resident: number }[] = [];

process.on('exit', () => becomes(watchdogLife.ended));
// A process that ends while koffi is being loaded in another thread is aborted, so the thread that is watched forbids it when it ends,
// or waits.
if (
  Atomics.compareExchange(board.life, 0, watchdogLife.starting, watchdogLife.loading) ===
  watchdogLife.starting
) {
  try {
    const { koffi } = await import('../../native/koffi.js');
    const library = koffi.load(libraryPath);
    const setCostLimit = library.func('WasmEdge_StatisticsSetCostLimit', 'void', ['uint64_t', 'uint64_t']);
    const pageCount = library.func('WasmEdge_MemoryInstanceGetPageSize', sizeType, ['uint64_t']);
    becomes(watchdogLife.watching);
    watch(setCostLimit, pageCount);
  } catch (error) {
    port.postMessage(error);
    becomes(watchdogLife.ended);
  }
  port.close();
}

function becomes(life: number): void {
  Atomics.store(board.life, 0, life);
  Atomics.notify(board.life, 0);
}

function watch(setCostLimit: SetCostLimit, pageCount: PageCount): never {
  for (;;) {
    const seen = Atomics.load(board.signal, 0);
    board.beat[0] = Date.now();
    // What asks whether this thread lives has no other answer than that it is received.
    while (receiveMessageOnPort(port) !== undefined);
    if (control !== undefined) fireStopped(setCostLimit, control.stopped);
    const nextDeadline = fireExpired(setCostLimit);
    endGrowingCall(setCostLimit, pageCount);
    Atomics.wait(board.signal, 0, seen, Math.min(nextDeadline, lookInterval));
  }
}

/** Ends everything that runs within this call. */
function fireStopped(setCostLimit: SetCostLimit, call: number): void {
  const { states, ticketCalls } = board;
  for (let index = 0; index < states.length; index++) {
    if (call !== 0 && ticketCalls[index] === call) {
      // The ticket may serve another call by now, which cannot end while it is held here.
      fire(setCostLimit, index, () => (ticketCalls[index] === call ? ticketState.stopped : undefined));
    }
  }
}

/** Ends the calls whose time is over; returns the milliseconds until the next one is due. */
function fireExpired(setCostLimit: SetCostLimit): number {
  const { states, deadlines } = board;
  const now = monotonicNow();
  let next = Number.POSITIVE_INFINITY;
  for (let index = 0; index < states.length; index++) {
    if (Atomics.load(states, index) !== ticketState.armed) {
      continue;
    }
    const left = (deadlines[index] ?? 0) - now;
    if (left > 0) {
      next = Math.min(next, left);
    } else {
      fire(setCostLimit, index, () => ticketState.fired);
    }
  }
  return next;
}

/** Lowers the limit of a ticket that is still armed, if there is a reason for it once it is held. */
function fire(setCostLimit: SetCostLimit, index: number, reason: () => number | undefined): void {
  const { states, ticketStatistics } = board;
  const { armed, firing } = ticketState;
  if (Atomics.compareExchange(states, index, armed, firing) !== armed) return;
  const next = reason();
  if (next !== undefined) setCostLimit(ticketStatistics[index] ?? 0, 1);
  Atomics.store(states, index, next ?? armed);
  Atomics.notify(states, index);
}

/** Ends a call during which the process has grown by more than it may, the memories of its guests aside. */
function endGrowingCall(setCostLimit: SetCostLimit, pageCount: PageCount): void {
  const { calls, current } = board;
  const resident = process.memoryUsage.rss();
  if (current[0] === 0) {
    return;
  }
  const call = calls[0] ?? 0;
  const level = calls[2] ?? 0;
  const baseline = baselines[level];
  if (baseline?.call !== call) {
    baselines[level] = { call, resident };
    return;
  }
  const grown = resident - baseline.resident;
  if (grown <= (current[1] ?? 0)) {
    return;
  }
  withLock(board, () => {
    const statistics = current[0] ?? 0;
    const isSameCall = calls[0] === call && statistics !== 0 && calls[1] === 0;
    if (isSameCall && grown - guestBytes(pageCount) > (current[1] ?? 0)) {
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
