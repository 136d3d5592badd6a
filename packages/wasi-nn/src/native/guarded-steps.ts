import { NnError } from '../errors.js';
import { NnErrno } from '../nn-errno.js';
import type { GuardedCalls } from './guarded-calls.js';

/**
 * How far a context is that computes token by token. The plug-in takes for granted that there is a token when it is asked for one, and that a run
 * which could not begin is not continued; up to 0.14 it also ends only runs that there are.
 */
export class GuardedSteps {
  readonly #calls: GuardedCalls;
  readonly #context: number;
  readonly #isNewer: boolean;
  #isRunning = false;
  #hasToken = false;
  /** What the run answered that could not begin. */
  #failed: number | undefined;

  constructor(calls: GuardedCalls, context: number, isNewer: boolean) {
    this.#calls = calls;
    this.#context = context;
    this.#isNewer = isNewer;
  }

  get hasToken(): boolean {
    return this.#hasToken;
  }

  /** A new prompt ends a run, which up to 0.14 goes on. */
  promptSet(): void {
    if (!this.#isNewer) return;
    this.#isRunning = false;
    this.#failed = undefined;
  }

  /** The tokens are those of a whole computation, or none. */
  computed(): void {
    this.#hasToken = false;
  }

  compute(): number {
    if (this.#failed !== undefined) return this.#failed;
    const errno = this.#calls.call('compute_single', this.#context);
    const isToken = [NnErrno.success, NnErrno.end_of_sequence, NnErrno.context_full].some(
      (each) => each === errno,
    );
    this.#hasToken = isToken;
    this.#isRunning = this.#isNewer ? errno === NnErrno.success : this.#isRunning || isToken;
    // Without a prompt nothing was begun.
    if (!isToken && errno !== NnErrno.invalid_argument) this.#failed = errno;
    return errno;
  }

  finish(): number {
    this.#hasToken = false;
    // What is left of a run that could not begin is not a run.
    if (this.#failed !== undefined || !(this.#isNewer || this.#isRunning)) return NnErrno.success;
    this.#isRunning = false;
    return this.#calls.call('fini_single', this.#context);
  }

  /** Ends a run whose model is about to change. */
  interrupt(): void {
    if (this.#isRunning) this.finish();
  }
}

/** @throws {NnError} `invalid_argument` for a model that turns texts into vectors, which the plug-in would take tokens from. */
export function refuseVectors(givesVectors: boolean): void {
  if (givesVectors) {
    throw new NnError('invalid_argument', 'A model with "embedding" does not compute token by token.');
  }
}
