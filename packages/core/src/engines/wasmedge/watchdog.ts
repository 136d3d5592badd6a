import { Worker } from 'node:worker_threads';
import type { Pointer } from '../../native/native-functions.js';
import { workerUrl } from '../../worker-url.js';
import {
  boardSize,
  monotonicNow,
  mostTickets,
  ticketState,
  type WatchdogBoard,
  watchdogBoard,
} from './watchdog-board.js';

/** One watched call. */
export interface WatchdogTicket {
  /** Whether the watchdog has ended the call. */
  readonly fired: boolean;
  /** Ends the watch; tells whether the limit was lowered and must be set anew. */
  disarm(): boolean;
}

/**
 * Ends calls that overrun their time: a worker thread lowers the cost limit of the running guest, which stops it within milliseconds. One
 * for each libwasmedge and thread, started when the first time-out is asked for.
 */
export class Watchdog {
  readonly #board: WatchdogBoard;

  constructor(libraryPath: string) {
    const memory = new SharedArrayBuffer(boardSize);
    this.#board = watchdogBoard(memory);
    const worker = new Worker(workerUrl('watchdog-worker'), {
      workerData: { memory, libraryPath },
      execArgv: [],
    });
    worker.unref();
  }

  /** Watches a call that uses these statistics. */
  arm(statistics: Pointer, timeoutMs: number): WatchdogTicket {
    const { states, signal, deadlines, addresses } = this.#board;
    const index = states.indexOf(ticketState.idle);
    if (index === -1) {
      throw new RangeError(`More than ${mostTickets} guests with a time-out are nested in one thread.`);
    }
    deadlines[index] = monotonicNow() + timeoutMs;
    addresses[index] = statistics;
    Atomics.store(states, index, ticketState.armed);
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
    return {
      get fired() {
        return Atomics.load(states, index) >= ticketState.firing;
      },
      disarm() {
        if (
          Atomics.compareExchange(states, index, ticketState.armed, ticketState.idle) === ticketState.armed
        ) {
          return false;
        }
        // The statistics must not be freed while the watchdog is using them.
        Atomics.wait(states, index, ticketState.firing);
        Atomics.store(states, index, ticketState.idle);
        return true;
      },
    };
  }
}

const watchdogs = new Map<string, Watchdog>();

/** The watchdog of this thread for a libwasmedge. */
export function watchdogFor(libraryPath: string): Watchdog {
  let watchdog = watchdogs.get(libraryPath);
  if (watchdog === undefined) {
    watchdog = new Watchdog(libraryPath);
    watchdogs.set(libraryPath, watchdog);
  }
  return watchdog;
}
