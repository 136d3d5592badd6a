import { DisposedError } from '../errors/runtime-errors.js';
import { InstanceStates } from '../host-module/instance-states.js';
import type { CallSignal, Signalled } from './call-signal.js';
import { loadingTimeoutError, runtimeTimeLimit, type TimeLimit } from './timeout-error.js';

/**
 * What the calls into one runtime share: how deep host and guest are nested, and whether the runtime is to be freed. A runtime that is
 * disposed while one of its guests runs is freed when the outermost call returns, since the guest's code cannot be freed under it.
 */
export class CallState implements Signalled {
  /** Number of calls from host to guest that have not returned. */
  depth = 0;
  /** When the running call from the host must have ended, in milliseconds of `performance.now()`. */
  deadline = Number.POSITIVE_INFINITY;
  /** What says how long the running call may take. */
  timeLimit: TimeLimit;
  /** Set once the runtime was disposed; no new call begins. */
  disposed = false;
  /** The error a host function threw, until the call of the guest around it has ended, in whatever way. */
  hostError: { readonly error: unknown } | undefined;
  /** Whether something waits for the outermost call to return. */
  waiting = false;
  /** The signals that may end the running calls, the innermost first. */
  signals: CallSignal | undefined;
  /** Run before the time of a call begins: what keeps the limit must be ready, and its start is not the guest's time. */
  prepareTime: (() => void) | undefined;
  /** Has a call ended that runs inside another one and may take less time; what it returns stops that. */
  watchInner: (() => () => void) | undefined;
  /** What plug-ins keep for the instances. */
  readonly instanceStates = new InstanceStates();
  readonly #whenIdle: (() => void)[] = [];
  #holds = 0;

  /** @param timeoutMs milliseconds that one call from the host may take. Default: no bound. */
  constructor(timeoutMs?: number) {
    this.timeLimit = runtimeTimeLimit(timeoutMs);
  }

  /** What the host function that ended the call threw, once. */
  takeHostError(): { readonly error: unknown } | undefined {
    const kept = this.hostError;
    this.hostError = undefined;
    return kept;
  }

  /** Runs `use` as one call from the host, with one time limit; what waits for the outermost call to return waits for its end too. */
  hold<Result>(use: () => Result): Result {
    const begins = this.beginTime();
    this.#holds++;
    try {
      return use();
    } finally {
      this.#holds--;
      if (begins) {
        this.endTime();
      }
      this.becomeIdle();
    }
  }

  /** Runs `use` as a call that may take so long at most, and no longer than it may without. */
  within<Result>(timeLimit: TimeLimit, use: () => Result): Result {
    const { deadline: outerDeadline, timeLimit: outerLimit } = this;
    this.prepareTime?.();
    const deadline = performance.now() + timeLimit.timeoutMs;
    const isInside = outerDeadline !== Number.POSITIVE_INFINITY;
    if (isInside ? deadline >= outerDeadline : timeLimit.timeoutMs >= outerLimit.timeoutMs) return use();
    this.deadline = deadline;
    this.timeLimit = timeLimit;
    let stopWatching: (() => void) | undefined;
    try {
      if (this.depth > 0) stopWatching = this.watchInner?.();
      return use();
    } finally {
      this.deadline = outerDeadline;
      this.timeLimit = outerLimit;
      stopWatching?.();
    }
  }

  /** Begins the time of a call, unless one is running; tells whether it did. */
  beginTime(): boolean {
    if (this.deadline !== Number.POSITIVE_INFINITY || this.timeLimit.timeoutMs === Number.POSITIVE_INFINITY) {
      return false;
    }
    this.prepareTime?.();
    this.deadline = performance.now() + this.timeLimit.timeoutMs;
    return true;
  }

  /** Ends the time of a call that {@link beginTime} began. */
  endTime(): void {
    this.deadline = Number.POSITIVE_INFINITY;
  }

  /** Milliseconds that the running call may still take: a host function that waits must not wait longer. */
  readonly remainingMs = (): number =>
    this.deadline === Number.POSITIVE_INFINITY
      ? Number.POSITIVE_INFINITY
      : Math.max(0, this.deadline - performance.now());

  /** Whether the running call has taken all its time. */
  isLate(): boolean {
    return this.remainingMs() === 0;
  }

  /** Throws when the time was over before the guest was loaded. */
  refuseLateGuest(label: string): void {
    if (this.isLate()) {
      throw loadingTimeoutError(label, this.timeLimit);
    }
  }

  /** Runs `action` now, or when the outermost call has returned. */
  whenIdle(action: () => void): void {
    if (this.#isIdle) {
      action();
    } else {
      this.#whenIdle.push(action);
      this.waiting = true;
    }
  }

  /** Ends what plug-ins keep for an instance, when nothing runs that may use it. */
  endInstance(instance: () => object): void {
    const { instanceStates } = this;
    if (instanceStates.isUsed) this.whenIdle(() => instanceStates.end(instance()));
  }

  /** To be called when a call from host to guest has returned, after `depth` was lowered to zero. */
  becomeIdle(): void {
    if (this.#isIdle && this.waiting) {
      this.#runWaiting();
    }
  }

  /** Runs every action, also when one of them fails. */
  #runWaiting(): void {
    try {
      for (let action = this.#whenIdle.shift(); action !== undefined; action = this.#whenIdle.shift()) {
        action();
      }
    } finally {
      if (this.#whenIdle.length > 0) {
        this.#runWaiting();
      }
      this.waiting = false;
    }
  }

  get #isIdle(): boolean {
    return this.depth === 0 && this.#holds === 0;
  }
}

/** Throws because `what` was used after its end. */
export function refuseDisposed(what: string): never {
  throw new DisposedError(`${what} was disposed; create a new one, or dispose of it later.`);
}
