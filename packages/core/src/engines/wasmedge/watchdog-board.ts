import type { CallControl } from '../../control/call-control.js';

/** States of one ticket on the board that a thread shares with its watchdog; at the last two the limit is lowered, since time is over or somebody ended the call. */
export const ticketState = { idle: 0, armed: 1, firing: 2, fired: 3, stopped: 4 } as const;

/**
 * How far the watchdog is, in `life` of the board. `starting` becomes `loading`, or `forbidden` when the thread ends first; at `watching`
 * the watchdog keeps the limits; after `ended` nobody does.
 */
export const watchdogLife = { starting: 0, loading: 1, watching: 2, forbidden: 3, ended: 4 } as const;

/** Milliseconds between two looks of the watchdog at the process, and so between two beats. */
export const lookInterval = 100;

/** How many calls of one thread can have a deadline at once; nested runtimes need more than one. */
export const maxTickets = 64;

/** How many guest memories are taken into account when the growth of the process is judged. */
export const maxMemories = 64;

/** The shared memory between a thread and its watchdog. Addresses are numbers, times milliseconds of the monotonic clock. */
export interface WatchdogBoard {
  /** `[0]` is raised when a ticket with a deadline was armed, and when the call is to end. The watchdog sleeps on it. */
  readonly signal: Int32Array;
  /** One state for each ticket. */
  readonly states: Int32Array;
  readonly deadlines: Float64Array;
  /** The statistics whose limit is to be lowered, for each ticket. */
  readonly ticketStatistics: Float64Array;
  /** The number of the call that another thread may end, for each ticket; 0 for none. */
  readonly ticketCalls: Int32Array;
  /** `[0]` is held while statistics or memories of the two lines below may be used by the other thread. */
  readonly lock: Int32Array;
  /**
   * `[0]` is the number of the running outermost call, `[1]` is 1 when it was ended because the process grew, `[2]` counts the calls of
   * other runtimes around it.
   */
  readonly calls: Int32Array;
  /** `[0]` statistics of the call that is running, or 0; `[1]` bytes the process may grow during it; `[2]` ended statistics. */
  readonly current: Float64Array;
  /** Memory instances of guests, 0 where there is none. */
  readonly memories: Float64Array;
  /** `[0]` is a {@link watchdogLife}. */
  readonly life: Int32Array;
  /** `[0]` is when the watchdog looked last, in milliseconds of `Date.now()`. */
  readonly beat: Float64Array;
}

const layout = {
  deadlines: 0,
  ticketStatistics: 8 * maxTickets,
  current: 16 * maxTickets,
  beat: 16 * maxTickets + 24,
  memories: 16 * maxTickets + 32,
  states: 16 * maxTickets + 32 + 8 * maxMemories,
  ticketCalls: 20 * maxTickets + 32 + 8 * maxMemories,
  rest: 24 * maxTickets + 32 + 8 * maxMemories,
};

/** Size of the shared memory in bytes. */
export const boardSize = layout.rest + 24;

/** The board on a piece of shared memory; where another thread may end calls, with what it signals by. */
export function watchdogBoard(memory: SharedArrayBuffer, control?: CallControl): WatchdogBoard {
  return {
    deadlines: new Float64Array(memory, layout.deadlines, maxTickets),
    ticketStatistics: new Float64Array(memory, layout.ticketStatistics, maxTickets),
    current: new Float64Array(memory, layout.current, 3),
    memories: new Float64Array(memory, layout.memories, maxMemories),
    states: new Int32Array(memory, layout.states, maxTickets),
    ticketCalls: new Int32Array(memory, layout.ticketCalls, maxTickets),
    signal: control?.signal ?? new Int32Array(memory, layout.rest, 1),
    lock: new Int32Array(memory, layout.rest + 4, 1),
    calls: new Int32Array(memory, layout.rest + 8, 3),
    life: new Int32Array(memory, layout.rest + 20, 1),
    beat: new Float64Array(memory, layout.beat, 1),
  };
}

/** Milliseconds of a clock that all threads share and nobody sets. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Runs `use` while the other thread stays away from the statistics and memories on the board. A thread that is gone holds no lock: `isOtherGone`
 * is asked now and then.
 */
export function withLock({ lock }: WatchdogBoard, use: () => void, isOtherGone = () => false): void {
  while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) {
    if (Atomics.wait(lock, 0, 1, lookInterval) === 'timed-out' && isOtherGone()) {
      break;
    }
  }
  try {
    use();
  } finally {
    Atomics.store(lock, 0, 0);
    Atomics.notify(lock, 0);
  }
}
