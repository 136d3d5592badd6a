import { DisposedError } from '../errors/disposed-error.js';

/**
 * What the calls into one runtime share: how deep host and guest are nested, and whether the runtime is to be freed. A runtime that is
 * disposed while one of its guests runs is freed when the outermost call returns, since the guest's code cannot be freed under it.
 */
export class CallState {
  /** Number of calls from host to guest that have not returned. */
  depth = 0;
  /** When the running call from the host must have ended, in milliseconds of `performance.now()`. */
  deadline = Number.POSITIVE_INFINITY;
  /** Set once the runtime was disposed; no new call begins. */
  disposed = false;
  /** The error a host function threw, until it has reached the caller of the guest around it. */
  hostError: { readonly error: unknown } | undefined;
  /** Whether something waits for the outermost call to return. */
  waiting = false;
  readonly #whenIdle: (() => void)[] = [];
  #holds = 0;

  /** What the host function that ended the call threw, once. */
  takeHostError(): { readonly error: unknown } | undefined {
    const kept = this.hostError;
    this.hostError = undefined;
    return kept;
  }

  /** Runs `use`; what waits for the outermost call to return waits for the end of `use` too. */
  hold<Result>(use: () => Result): Result {
    this.#holds++;
    try {
      return use();
    } finally {
      this.#holds--;
      this.becomeIdle();
    }
  }

  /** Milliseconds that the running call may still take: a host function that waits must not wait longer. */
  readonly remainingMs = (): number => Math.max(0, this.deadline - performance.now());

  /** Runs `action` now, or when the outermost call has returned. */
  whenIdle(action: () => void): void {
    if (this.#isIdle) {
      action();
    } else {
      this.#whenIdle.push(action);
      this.waiting = true;
    }
  }

  /** To be called when a call from host to guest has returned, after `depth` was lowered to zero. */
  becomeIdle(): void {
    if (!this.#isIdle) {
      return;
    }
    this.waiting = false;
    for (const action of this.#whenIdle.splice(0)) {
      action();
    }
  }

  get #isIdle(): boolean {
    return this.depth === 0 && this.#holds === 0;
  }
}

/** Throws because `what` was used after its end. */
export function refuseDisposed(what: string): never {
  throw new DisposedError(`${what} was disposed; create a new one, or dispose it later.`);
}
