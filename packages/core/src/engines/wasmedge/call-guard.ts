import { threadControl } from '../../control/thread-control.js';
import { BlockingTimeoutError } from '../../errors/host-function-errors.js';
import type { Logger } from '../../logger/logger.js';
import type { Library } from '../../native/library.js';
import type { LibraryLog } from '../../native/library-log.js';
import type { Pointer } from '../../native/native-functions.js';
import { clearOpenSslErrors } from '../../native/openssl-errors.js';
import type { CallState } from '../call-state.js';
import { hostErrorOf } from '../host-error.js';
import { timeoutError } from '../timeout-error.js';
import type { CallLimits } from './call-limits.js';
import { endWithThread } from './end-with-thread.js';
import type { EngineState } from './engine-state.js';
import { type Failure, runtimeError, type StopReason } from './wasmedge-error.js';
import { liveWatchdog, startWatchdog, type Watchdog, type WatchdogTicket } from './watchdog.js';
import type { WatchdogBoard } from './watchdog-board.js';

const unlimited = 0xffff_ffff_ffff_ffffn;

/** What the board says of the call around one into another runtime. */
interface OuterCall {
  readonly statistics: Pointer;
  readonly growthBytes: number;
  readonly call: number;
}

/** Keeps the bounds of the calls into one runtime, and turns result codes into errors. */
export class CallGuard {
  readonly #library: Library;
  readonly #statistics: Pointer;
  readonly #state: EngineState;
  readonly #limits: CallLimits;
  readonly #costLimit: bigint;
  readonly #clearsCost: boolean;
  readonly #watchesGrowth: boolean;
  readonly #watchesTime: boolean;
  readonly #control = threadControl();
  /** How many instances it was looked up through. */
  readonly #memories = new Map<Pointer, number>();
  readonly #outlived: () => void;
  #watchdog: Watchdog | undefined;
  #ticket: WatchdogTicket | undefined;
  /** That of a call inside the outermost one, which may take less time. */
  #innerTicket: WatchdogTicket | undefined;
  #outer: OuterCall | undefined;
  #beganTime = false;
  /** Set when the library's log is wanted during calls. */
  libraryLog: { readonly log: LibraryLog; readonly logger: Logger } | undefined;
  /** Set when guests may call native plug-ins. */
  hasNativePlugins = false;

  constructor(library: Library, statistics: Pointer, state: EngineState, limits: CallLimits) {
    this.#library = library;
    this.#statistics = statistics;
    this.#state = state;
    this.#limits = limits;
    this.#clearsCost = Number.isFinite(limits.cost);
    this.#watchesGrowth = Number.isFinite(limits.growthBytes);
    this.#watchesTime = Number.isFinite(limits.timeoutMs);
    this.#costLimit = this.#clearsCost ? BigInt(limits.cost) : unlimited;
    state.calls.prepareTime = () => this.#liveWatchdog();
    state.calls.watchInner = () => this.#watchInner();
    this.#setLimit();
    this.#outlived = endWithThread(() => library.c.StatisticsSetCostLimit(statistics, 1n));
  }

  /**
   * Before an outermost call from the host, and before the depth is raised: when this throws, no call has begun. Everything that may
   * fail comes before anything that {@link end} would have to take back.
   *
   * @throws {LimitsUnavailableError} when nobody watches the limits.
   */
  begin(): void {
    const watchesCall = this.#watchesCall();
    const watchdog = this.#watchesGrowth || watchesCall ? this.#liveWatchdog() : undefined;
    if (this.#clearsCost) {
      this.#library.c.StatisticsClear(this.#statistics);
    }
    if (this.#watchesGrowth && watchdog?.board.calls[1] !== 0) {
      this.#recover();
    }
    if (watchesCall || this.libraryLog !== undefined) {
      this.#beginTime(watchesCall ? watchdog : undefined);
    }
    if (this.#watchesGrowth && watchdog !== undefined) {
      const { current, calls } = watchdog.board;
      if (current[0] === 0) {
        calls[0] = (calls[0] as number) + 1;
      } else {
        this.#putOff(watchdog);
      }
      current[1] = this.#limits.growthBytes;
      current[0] = this.#statistics;
    }
  }

  /** After an outermost call from the host that was begun. Each part is done whatever happens to the others. */
  end(): void {
    const { calls } = this.#state;
    try {
      this.#endGrowth();
    } finally {
      // What most calls need not do is apart, since it would cost them a tenth of their time.
      const isTimed = this.#ticket !== undefined;
      if (isTimed || calls.waiting || this.hasNativePlugins || this.libraryLog !== undefined) {
        this.#endRest();
      }
    }
  }

  /** Takes the memory of a guest into account when the growth of the process is judged. */
  addMemory(pointer: Pointer): void {
    const users = this.#memories.get(pointer) ?? 0;
    this.#memories.set(pointer, users + 1);
    if (users === 0) this.#watchdog?.addMemory(pointer);
  }

  /** To be called once for each {@link addMemory}, before the memory is freed. */
  removeMemory(pointer: Pointer): void {
    const users = this.#memories.get(pointer) ?? 0;
    if (users > 1) {
      this.#memories.set(pointer, users - 1);
      return;
    }
    this.#memories.delete(pointer);
    this.#watchdog?.removeMemory(pointer);
  }

  /** To be called before the statistics are freed. */
  dispose(): void {
    this.#outlived();
    this.#recover();
  }

  /**
   * Throws what a failed call failed with: what a host function threw, unless it threw because time was over, or the error that
   * `errorFor` makes of the code. A call that returned (code 0) took longer than it may.
   */
  fail(code: number, label: string, errorFor: (failure: Failure) => Error = runtimeError): never {
    const { calls } = this.#state;
    const kept = calls.takeHostError();
    if (code === 0 || kept?.error === timeIsOver) {
      throw timeoutError(label, calls.timeLimit);
    }
    if (kept === undefined) {
      const reason = this.#stopReason();
      const { timeLimit } = calls;
      throw errorFor({ library: this.#library, code, label, limits: this.#limits, timeLimit, reason });
    }
    throw BlockingTimeoutError.isInstance(kept.error) && calls.isLate()
      ? timeoutError(label, calls.timeLimit, { cause: kept.error })
      : hostErrorOf(kept.error, label);
  }

  /** The call of another runtime that is running is not watched while this one's is. */
  #putOff(watchdog: Watchdog): void {
    const { current, calls } = watchdog.board;
    this.#outer = {
      statistics: current[0] as number,
      growthBytes: current[1] as number,
      call: calls[0] as number,
    };
    // The watchdog looks at nothing while there are no statistics.
    current[0] = 0;
    calls[0] = watchdog.numberInnerCall();
    calls[2] = (calls[2] as number) + 1;
  }

  #goOn({ current, calls }: WatchdogBoard, { statistics, growthBytes, call }: OuterCall): void {
    this.#outer = undefined;
    current[1] = growthBytes;
    calls[0] = call;
    calls[2] = (calls[2] as number) - 1;
    current[0] = statistics;
  }

  #endGrowth(): void {
    if (this.#watchesGrowth && this.#watchdog !== undefined) {
      const { current, calls } = this.#watchdog.board;
      current[0] = 0;
      if (this.#outer !== undefined) {
        this.#goOn(this.#watchdog.board, this.#outer);
      }
      if (calls[1] !== 0) {
        this.#recover();
      }
    }
  }

  /** Whether something may end the call: the runtime's time, that of this call alone, or another thread. */
  #watchesCall(): boolean {
    const isShort = this.#state.calls.deadline !== Number.POSITIVE_INFINITY;
    return this.#watchesTime || isShort || this.#control !== undefined;
  }

  #beginTime(watchdog: Watchdog | undefined): void {
    this.#beganTime = this.#state.calls.beginTime();
    try {
      this.#ticket = watchdog?.arm(this.#statistics, this.#state.calls.remainingMs(), this.#control?.running);
      // The watchdog may have looked before the ticket was armed.
      this.#control?.refuseStopped();
      this.libraryLog?.log.begin();
    } catch (error) {
      this.#endTime();
      throw error;
    }
  }

  #endRest(): void {
    try {
      this.#endTime();
    } finally {
      try {
        if (this.#state.calls.waiting) {
          this.#state.calls.becomeIdle();
        }
      } finally {
        if (this.hasNativePlugins) {
          clearOpenSslErrors();
        }
        // Last: a logger may throw.
        this.libraryLog?.log.end(this.libraryLog.logger);
      }
    }
  }

  #endTime(): void {
    const ticket = this.#ticket;
    this.#ticket = undefined;
    if (this.#beganTime) {
      this.#beganTime = false;
      this.#state.calls.endTime();
    }
    if (ticket?.disarm()) {
      this.#setLimit();
    }
  }

  #watchInner(): () => void {
    const outer = this.#innerTicket;
    const ticket = this.#liveWatchdog().arm(this.#statistics, this.#state.calls.remainingMs());
    this.#innerTicket = ticket;
    return () => {
      this.#innerTicket = outer;
      // If the time of the call around it is over as well, that ends when the host function returns.
      if (ticket.disarm()) {
        this.#setLimit();
      }
    };
  }

  #stopReason(): StopReason {
    if (this.#ticket?.reason !== undefined) return this.#ticket.reason;
    if (this.#innerTicket?.reason !== undefined) return this.#innerTicket.reason;
    return this.#isEndedByGrowth() ? 'growth' : 'cost';
  }

  #liveWatchdog(): Watchdog {
    if (this.#watchdog?.isAlive() !== true) {
      const watchdog = liveWatchdog(this.#library);
      for (const pointer of this.#memories.keys()) {
        watchdog.addMemory(pointer);
      }
      this.#watchdog = watchdog;
    }
    return this.#watchdog;
  }

  /** Sets the limit anew if the watchdog lowered it; a lowered limit of another runtime is that one's business. */
  #recover(): void {
    this.#watchdog?.exclude(() => {
      if (this.#isEndedByGrowth()) {
        (this.#watchdog as Watchdog).board.calls[1] = 0;
        this.#setLimit();
      }
    });
  }

  #isEndedByGrowth(): boolean {
    const board = this.#watchdog?.board;
    return board?.calls[1] === 1 && board.current[2] === this.#statistics;
  }

  #setLimit(): void {
    this.#library.c.StatisticsSetCostLimit(this.#statistics, this.#costLimit);
  }
}

/**
 * Starts what keeps these limits, so that it is ready by the first call.
 *
 * @throws {LimitsUnavailableError} when it cannot be started.
 */
export function prepareLimits(library: Library, { growthBytes, timeoutMs }: CallLimits): void {
  if (Number.isFinite(growthBytes) || Number.isFinite(timeoutMs) || threadControl() !== undefined) {
    startWatchdog(library);
  }
}

/** What ends a call whose time is over while the host does something for it; it never leaves the guard. */
const timeIsOver = Symbol('time is over');

/** Throws what makes the guard end the call, when its time is over. */
export function refuseLateCall(calls: CallState): void {
  if (calls.isLate()) {
    throw timeIsOver;
  }
}
