import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { threadControl } from '../../control/thread-control.js';
import { LimitsUnavailableError } from '../../errors/runtime-errors.js';
import { helperUrl } from '../../helpers/helper-program.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import {
  boardSize,
  lookInterval,
  maxTickets,
  monotonicNow,
  ticketState,
  type WatchdogBoard,
  watchdogBoard,
  watchdogLife,
  withLock,
} from './watchdog-board.js';

/** Milliseconds that the end of a thread waits for its watchdog to finish loading koffi; more than a loaded machine needs. */
const longestLoad = 10_000;
/** Milliseconds that the first call waits for the watchdog, which takes some forty; a machine may be very busy. */
const longestStart = 30_000;
/** Milliseconds without a beat after which the watchdog is asked whether it lives. */
const longestSilence = 3 * lookInterval;

/** How many calls trust the beat that the last one saw. */
const callsBetweenLooks = 16;

/** One call that the watchdog may end. */
export interface WatchdogTicket {
  /** Why the watchdog has ended the call, if it has. */
  readonly reason: 'time' | 'stopped' | undefined;
  /** Ends the watch; tells whether the limit was lowered and must be set anew. */
  disarm(): boolean;
}

/** What the watchdog's thread is started with. */
export interface WatchdogData {
  readonly memory: SharedArrayBuffer;
  readonly libraryPath: string;
  readonly sizeType: string;
  /** Takes the reason when the thread cannot keep the limits. Its end tells that the thread has ended. */
  readonly port: MessagePort;
  /** The memory of what lets another thread end calls, where one may. */
  readonly controlMemory: SharedArrayBuffer | undefined;
}

/**
 * Ends calls that overrun their time, and calls during which the process grows without bound, as in endless recursion: a worker thread
 * lowers the cost limit of the running guest, which stops it within milliseconds. One for each libwasmedge and thread, started with
 * the first runtime that has something to watch; the first call waits until it runs.
 */
export class Watchdog {
  readonly board: WatchdogBoard;
  readonly #port: MessagePort;
  #cause: unknown;
  #heardAt = 0;
  #lastBeat = 0;
  #looks = 0;
  #innerCalls = 0;

  /** @throws {LimitsUnavailableError} when its thread cannot be started. */
  constructor(library: Pick<Library, 'path' | 'sizeType'>) {
    const url = helperUrl('watchdog-worker');
    if (url === undefined) {
      throw unavailable(
        'its file watchdog-worker.js is missing next to @wasmedge-plugins/core, and its text is not in the bundle',
      );
    }
    const memory = new SharedArrayBuffer(boardSize);
    const { port1, port2 } = new MessageChannel();
    const control = threadControl();
    this.board = watchdogBoard(memory, control);
    this.#port = port1;
    const workerData: WatchdogData = {
      memory,
      libraryPath: library.path,
      sizeType: library.sizeType,
      port: port2,
      controlMemory: control?.memory,
    };
    const worker = startWorker(url, workerData, port1);
    worker.on('error', (error) => {
      this.#cause = error;
      this.#end();
    });
    worker.on('exit', () => this.#end());
    worker.unref();
    process.once('exit', this.#awaitLoading);
  }

  /** Whether the limits are kept. Asked before every call, so that a watchdog that died is replaced. */
  isAlive(): boolean {
    const { life, beat } = this.board;
    if (life[0] !== watchdogLife.watching) {
      return false;
    }
    // The clock takes a third of a call, so calls within one beat share a look at it.
    return (beat[0] === this.#lastBeat && ++this.#looks < callsBetweenLooks) || this.#isBeating();
  }

  /** Whether another watchdog is needed. */
  get hasEnded(): boolean {
    if (!this.#isHeard()) {
      this.#end();
    }
    return Atomics.load(this.board.life, 0) === watchdogLife.ended;
  }

  /** Sleeps until the limits are kept. @throws {LimitsUnavailableError} when they will not be. */
  awaitStart(): void {
    const { life } = this.board;
    const { starting, loading, watching } = watchdogLife;
    const until = performance.now() + longestStart;
    for (;;) {
      const seen = Atomics.load(life, 0);
      if (seen === watching) {
        return;
      }
      if ((seen !== starting && seen !== loading) || !this.#isHeard()) {
        this.#end();
        this.#cause ??= receiveMessageOnPort(this.#port)?.message;
        throw unavailable('it ended', this.#cause);
      }
      if (performance.now() >= until) {
        throw unavailable(`it did not start within ${longestStart / 1000} seconds`);
      }
      Atomics.wait(life, 0, seen, lookInterval);
    }
  }

  /** A number for a call that begins within one of another runtime; those of the others count up from 0. */
  numberInnerCall(): number {
    return --this.#innerCalls;
  }

  /** Has a call that uses these statistics ended after so many milliseconds, or when another thread ends the call with this number. */
  arm(statistics: Pointer, timeoutMs: number, call = 0): WatchdogTicket {
    const { states, signal, deadlines, ticketStatistics, ticketCalls } = this.board;
    const index = states.indexOf(ticketState.idle);
    if (index === -1) {
      throw new LimitsUnavailableError(
        `More than ${maxTickets} calls that have a time limit, or that another thread may end, are nested in one thread, which is the maximum; look for a recursion between their host functions.`,
      );
    }
    deadlines[index] = monotonicNow() + timeoutMs;
    ticketStatistics[index] = statistics;
    ticketCalls[index] = call;
    Atomics.store(states, index, ticketState.armed);
    if (timeoutMs !== Number.POSITIVE_INFINITY) {
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
    }
    const settled = () => this.#settledState(index);
    return {
      get reason() {
        const state = settled();
        return state === ticketState.stopped ? 'stopped' : state === ticketState.fired ? 'time' : undefined;
      },
      disarm: () => {
        if (
          Atomics.compareExchange(states, index, ticketState.armed, ticketState.idle) === ticketState.armed
        ) {
          return false;
        }
        // The statistics must not be freed while the watchdog is using them.
        settled();
        Atomics.store(states, index, ticketState.idle);
        return true;
      },
    };
  }

  /** The state of a ticket once the watchdog does not hold it. */
  #settledState(index: number): number {
    const { states } = this.board;
    while (Atomics.wait(states, index, ticketState.firing, lookInterval) === 'timed-out' && !this.hasEnded);
    return Atomics.load(states, index);
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
    this.exclude(() => {
      const index = this.board.memories.indexOf(pointer);
      if (index !== -1) {
        this.board.memories[index] = 0;
      }
    });
  }

  /** Runs `use` while the watchdog stays away from statistics and memories. */
  exclude(use: () => void): void {
    withLock(this.board, use, () => this.hasEnded);
  }

  /** A process that ends while koffi is being loaded in another thread is aborted. */
  readonly #awaitLoading = (): void => {
    const { starting, loading, forbidden } = watchdogLife;
    if (Atomics.compareExchange(this.board.life, 0, starting, forbidden) === loading) {
      Atomics.wait(this.board.life, 0, loading, longestLoad);
    }
  };

  #isBeating(): boolean {
    const beat = this.board.beat[0] as number;
    this.#lastBeat = beat;
    this.#looks = 0;
    const now = Date.now();
    if (Math.abs(now - Math.max(beat, this.#heardAt)) <= longestSilence) {
      return true;
    }
    // On a busy machine the beat may be late. Asking takes microseconds, so the answer holds for as long as a beat.
    this.#heardAt = now;
    return !this.hasEnded;
  }

  #end(): void {
    Atomics.store(this.board.life, 0, watchdogLife.ended);
    process.off('exit', this.#awaitLoading);
  }

  /** False when the other end of the port is gone, which happens when the thread ends, however it ends. */
  #isHeard(): boolean {
    // Node says so, though neither its documentation nor its types do.
    return (this.#port.postMessage(undefined) as unknown) !== false;
  }
}

function startWorker(url: URL, workerData: WatchdogData, ownPort: MessagePort): Worker {
  try {
    // Without flags of the host: they may be refused in a worker, or load things that the watchdog must not depend on.
    return new Worker(url, { workerData, transferList: [workerData.port], execArgv: [] });
  } catch (cause) {
    ownPort.close();
    throw unavailable('it cannot be started', cause);
  }
}

function unavailable(reason: string, cause?: unknown): LimitsUnavailableError {
  return new LimitsUnavailableError(
    `limits.timeoutMs and limits.growthBytes cannot be enforced on engine wasmedge, because the thread that stops guests is not running: ${reason}. Keep all files of a bundle together, or mark @wasmedge-plugins/core as external, so that it stays in node_modules; without a bundle, install it again.`,
    cause === undefined ? undefined : { cause },
  );
}

const watchdogs = new WeakMap<Library, Watchdog>();

/**
 * Starts the watchdog of this thread for a libwasmedge, unless it runs.
 *
 * @throws {LimitsUnavailableError} when its thread cannot be started.
 */
export function startWatchdog(library: Library): Watchdog {
  let watchdog = watchdogs.get(library);
  if (watchdog === undefined || (!watchdog.isAlive() && watchdog.hasEnded)) {
    watchdog = new Watchdog(library);
    watchdogs.set(library, watchdog);
  }
  return watchdog;
}

/**
 * The watchdog of this thread for a libwasmedge, once it keeps the limits.
 *
 * @throws {LimitsUnavailableError} when it will not.
 */
export function liveWatchdog(library: Library): Watchdog {
  const watchdog = startWatchdog(library);
  watchdog.awaitStart();
  return watchdog;
}
