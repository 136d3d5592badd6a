import { Worker } from 'node:worker_threads';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { workerUrl } from '../../worker-url.js';
import {
  boardSize,
  libraryState,
  monotonicNow,
  mostTickets,
  ticketState,
  type WatchdogBoard,
  watchdogBoard,
  withLock,
} from './watchdog-board.js';

/** Milliseconds that the end of a thread waits for its watchdog to finish loading koffi; more than a loaded machine needs. */
const longestLoad = 10_000;

/** One call with a deadline. */
export interface WatchdogTicket {
  /** Whether the watchdog has ended the call. */
  readonly fired: boolean;
  /** Ends the watch; tells whether the limit was lowered and must be set anew. */
  disarm(): boolean;
}

/**
 * Ends calls that overrun their time, and calls during which the process grows without bound, as in endless recursion: a worker thread
 * lowers the cost limit of the running guest, which stops it within milliseconds. One for each libwasmedge and thread, started with
 * the first call.
 */
export class Watchdog {
  readonly board: WatchdogBoard;

  constructor(library: Library) {
    const memory = new SharedArrayBuffer(boardSize);
    this.board = watchdogBoard(memory);
    const worker = new Worker(workerUrl('watchdog-worker'), {
      workerData: { memory, libraryPath: library.path, sizeType: library.sizeType },
      execArgv: [],
    });
    worker.unref();
    process.once('exit', () => this.#awaitLoading());
  }

  /** A process that ends while koffi is being loaded in another thread is aborted. */
  #awaitLoading(): void {
    const { none, loading, forbidden } = libraryState;
    if (Atomics.compareExchange(this.board.library, 0, none, forbidden) === loading) {
      Atomics.wait(this.board.library, 0, loading, longestLoad);
    }
  }

  /** Gives a call that uses these statistics a deadline. */
  arm(statistics: Pointer, timeoutMs: number): WatchdogTicket {
    const { states, signal, deadlines, ticketStatistics } = this.board;
    const index = states.indexOf(ticketState.idle);
    if (index === -1) {
      throw new RangeError(`More than ${mostTickets} guests with a time-out are nested in one thread.`);
    }
    deadlines[index] = monotonicNow() + timeoutMs;
    ticketStatistics[index] = statistics;
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

  /** Takes the memory of a guest into account, whose growth is its own limit's business. */
  addMemory(pointer: Pointer): void {
    const free = this.board.memories.indexOf(0);
    if (free !== -1) {
      this.board.memories[free] = pointer;
    }
  }

  /** To be called before a memory is freed. */
  removeMemory(pointer: Pointer): void {
    withLock(this.board, () => {
      const index = this.board.memories.indexOf(pointer);
      if (index !== -1) {
        this.board.memories[index] = 0;
      }
    });
  }

  /** Runs `use` while the watchdog stays away from statistics and memories. */
  exclude(use: () => void): void {
    withLock(this.board, use);
  }
}

const watchdogs = new WeakMap<Library, Watchdog>();

/** The watchdog of this thread for a libwasmedge. */
export function watchdogFor(library: Library): Watchdog {
  let watchdog = watchdogs.get(library);
  if (watchdog === undefined) {
    watchdog = new Watchdog(library);
    watchdogs.set(library, watchdog);
  }
  return watchdog;
}
