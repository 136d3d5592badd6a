import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { EngineState } from './engine-state.js';
import { runtimeError } from './wasmedge-error.js';
import type { Watchdog, WatchdogTicket } from './watchdog.js';

/** What one call from the host may use. */
export interface CallLimits {
  readonly cost: number;
  readonly timeoutMs: number | undefined;
  /** How many calls share one budget of cost, when the bound is only a net; 1 for a bound that somebody asked for. */
  readonly callsPerBudget: number;
}

const unlimited = 0xffff_ffff_ffff_ffffn;

/** Keeps the bounds of the calls into one runtime, and turns result codes into errors. */
export class CallGuard {
  readonly #library: Library;
  readonly #statistics: Pointer;
  readonly #state: EngineState;
  readonly #limits: CallLimits;
  readonly #watchdog: Watchdog | undefined;
  readonly #costLimit: bigint;
  #callsLeft: number;
  #ticket: WatchdogTicket | undefined;
  #timedOut = false;

  constructor(
    library: Library,
    statistics: Pointer,
    state: EngineState,
    limits: CallLimits,
    watchdog: Watchdog | undefined,
  ) {
    this.#library = library;
    this.#statistics = statistics;
    this.#state = state;
    this.#limits = limits;
    this.#watchdog = watchdog;
    this.#costLimit = Number.isFinite(limits.cost) ? BigInt(limits.cost) : unlimited;
    this.#callsLeft = limits.callsPerBudget;
    this.#setLimit();
  }

  /** Before an outermost call from the host. */
  begin(): void {
    if (--this.#callsLeft === 0) {
      this.#callsLeft = this.#limits.callsPerBudget;
      this.#library.c.StatisticsClear(this.#statistics);
    }
    if (this.#watchdog !== undefined) {
      this.#timedOut = false;
      this.#ticket = this.#watchdog.arm(this.#statistics, this.#limits.timeoutMs ?? 0);
    }
  }

  /** After an outermost call from the host. */
  end(): void {
    if (this.#ticket !== undefined) {
      if (this.#ticket.disarm()) {
        this.#setLimit();
      }
      this.#ticket = undefined;
    }
    if (this.#state.calls.waiting) {
      this.#state.calls.becomeIdle();
    }
  }

  /** Throws what a failed call failed with: what a host function threw, or the error for the code. */
  fail(code: number, label: string): never {
    throw this.failure(code, label);
  }

  /** What a failed call failed with. */
  failure(code: number, label: string): unknown {
    const kept = this.#state.takeHostError();
    if (kept !== undefined) {
      return kept.error;
    }
    this.#timedOut ||= this.#ticket?.fired ?? false;
    return runtimeError(this.#library, code, label, this.bounds());
  }

  /** The bounds, for an error's message. */
  bounds() {
    return { cost: this.#limits.cost, timeoutMs: this.#limits.timeoutMs, timedOut: this.#timedOut };
  }

  #setLimit(): void {
    this.#library.c.StatisticsSetCostLimit(this.#statistics, this.#costLimit as never);
  }
}
