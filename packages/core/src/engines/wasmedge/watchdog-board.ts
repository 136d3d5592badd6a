/** States of one ticket on the board that a thread shares with its watchdog. */
export const ticketState = { idle: 0, armed: 1, firing: 2, fired: 3 } as const;

/** How many calls of one thread can be watched at once; nested runtimes need more than one. */
export const mostTickets = 64;

/**
 * The shared memory between a thread and its watchdog: `signal[0]` is raised when a ticket was armed; each ticket has a state, a
 * deadline in milliseconds of the monotonic clock, and the address of the statistics whose limit is to be lowered.
 */
export interface WatchdogBoard {
  readonly signal: Int32Array;
  readonly states: Int32Array;
  readonly deadlines: Float64Array;
  readonly addresses: Float64Array;
}

const deadlinesAt = 4 * (mostTickets + 2);

/** Size of the shared memory in bytes. */
export const boardSize = deadlinesAt + 16 * mostTickets;

/** The board on a piece of shared memory. */
export function watchdogBoard(memory: SharedArrayBuffer): WatchdogBoard {
  return {
    signal: new Int32Array(memory, 0, 1),
    states: new Int32Array(memory, 4, mostTickets),
    deadlines: new Float64Array(memory, deadlinesAt, mostTickets),
    addresses: new Float64Array(memory, deadlinesAt + 8 * mostTickets, mostTickets),
  };
}

/** Milliseconds of a clock that all threads share and nobody sets. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
