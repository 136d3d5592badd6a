import { BlockingTimeoutError } from '../../errors/blocking-timeout-error.js';
import type { Library } from '../../native/library.js';
import type { LibraryLog } from '../../native/library-log.js';
import type { Pointer } from '../../native/native-functions.js';
import { clearOpenSslErrors } from '../../native/openssl-errors.js';
import type { Logger } from '../../runtime/logger.js';
import type { CallLimits } from './call-limits.js';
import type { EngineState } from './engine-state.js';
import { type Failure, runtimeError, type StopReason, timeoutError } from './wasmedge-error.js';
import { type Watchdog, type WatchdogTicket, watchdogFor } from './watchdog.js';
import type { WatchdogBoard } from './watchdog-board.js';

const unlimited = 0xffff_ffff_ffff_ffffn;

/** Keeps the bounds of the calls into one runtime, and turns result codes into errors. */
export class CallGuard {
  readonly #library: Library;
  readonly #statistics: Pointer;
  readonly #state: EngineState;
  readonly #limits: CallLimits;
  readonly #costLimit: bigint;
  readonly #clearsCost: boolean;
  readonly #watchesGrowth: boolean;
  readonly #memories = new Set<Pointer>();
  #watchdog: Watchdog | undefined;
  #board: WatchdogBoard | undefined;
  #ticket: WatchdogTicket | undefined;
  #outerStatistics = 0;
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
    this.#costLimit = this.#clearsCost ? BigInt(limits.cost) : unlimited;
    this.#setLimit();
  }

  /** Before an outermost call from the host. */
  begin(): void {
    this.libraryLog?.log.begin();
    if (this.#clearsCost) {
      this.#library.c.StatisticsClear(this.#statistics);
    }
    if (this.#watchesGrowth) {
      this.#board ??= this.#liveWatchdog().board;
      const { current, calls } = this.#board;
      if (calls[1] !== 0) {
        this.#recover();
      }
      this.#outerStatistics = current[0] as number;
      current[0] = this.#statistics;
      current[1] = this.#limits.growthBytes;
      calls[0] = (calls[0] as number) + 1;
    }
    if (this.#limits.timeoutMs !== undefined) {
      this.#state.calls.deadline = performance.now() + this.#limits.timeoutMs;
      this.#ticket = this.#liveWatchdog().arm(this.#statistics, this.#limits.timeoutMs);
    }
  }

  /** After an outermost call from the host. */
  end(): void {
    if (this.#watchesGrowth) {
      const { current, calls } = this.#board as WatchdogBoard;
      current[0] = this.#outerStatistics;
      if (calls[1] !== 0) {
        this.#recover();
      }
    }
    if (this.#ticket !== undefined) {
      if (this.#ticket.disarm()) {
        this.#setLimit();
      }
      this.#ticket = undefined;
      this.#state.calls.deadline = Number.POSITIVE_INFINITY;
    }
    if (this.#state.calls.waiting) {
      this.#state.calls.becomeIdle();
    }
    if (this.hasNativePlugins) {
      clearOpenSslErrors();
    }
    // Last: a logger may throw.
    this.libraryLog?.log.end(this.libraryLog.logger);
  }

  /** Takes the memory of a guest into account when the growth of the process is judged. */
  addMemory(pointer: Pointer): void {
    this.#memories.add(pointer);
    this.#watchdog?.addMemory(pointer);
  }

  /** To be called before a memory is freed. */
  removeMemory(pointer: Pointer): void {
    this.#memories.delete(pointer);
    this.#watchdog?.removeMemory(pointer);
  }

  /** To be called before the statistics are freed. */
  dispose(): void {
    this.#recover();
  }

  /**
   * Throws what a failed call failed with: what a host function threw, unless it threw because time was over, or the error that
   * `errorFor` makes of the code.
   */
  fail(code: number, label: string, errorFor: (failure: Failure) => Error = runtimeError): never {
    const { calls } = this.#state;
    const kept = calls.takeHostError();
    if (kept !== undefined && !(BlockingTimeoutError.isInstance(kept.error) && calls.remainingMs() === 0)) {
      throw kept.error;
    }
    throw kept === undefined
      ? errorFor({ library: this.#library, code, label, limits: this.#limits, reason: this.#stopReason() })
      : timeoutError(label, this.#limits, { cause: kept.error });
  }

  #stopReason(): StopReason {
    if (this.#ticket?.fired) {
      return 'time';
    }
    return this.#isEndedByGrowth() ? 'growth' : 'cost';
  }

  #liveWatchdog(): Watchdog {
    if (this.#watchdog === undefined) {
      this.#watchdog = watchdogFor(this.#library);
      for (const pointer of this.#memories) {
        this.#watchdog.addMemory(pointer);
      }
    }
    return this.#watchdog;
  }

  /** Sets the limit anew if the watchdog lowered it; a lowered limit of another runtime is that one's business. */
  #recover(): void {
    this.#watchdog?.exclude(() => {
      if (this.#isEndedByGrowth()) {
        (this.#board as WatchdogBoard).calls[1] = 0;
        this.#setLimit();
      }
    });
  }

  #isEndedByGrowth(): boolean {
    return (
      this.#board !== undefined && this.#board.calls[1] === 1 && this.#board.current[2] === this.#statistics
    );
  }

  #setLimit(): void {
    this.#library.c.StatisticsSetCostLimit(this.#statistics, this.#costLimit);
  }
}
