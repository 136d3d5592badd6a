import type { GuestSource } from '../../runtime/runtime.js';
import type { RuntimeOptions } from '../../runtime/runtime-options.js';
import type { Signature } from '../../values/signature.js';
import type { WasiOptions } from '../../wasi/wasi-options.js';
import type { ChildOptions } from '../interface/child-options.js';
import type { PlacedRuntime } from '../interface/placed-runtime.js';

/** Options of {@link createPool}: those of a runtime, and those of the pool itself. */
export interface PoolOptions<Declared extends Readonly<Record<string, Signature>> = Record<never, never>>
  extends RuntimeOptions {
  /** Where the members are: worker threads, or child processes. Default: `worker`. */
  readonly placement?: PlacedRuntime['placement'] | undefined;
  /** How child processes are started; with `placement: 'process'` only. Default: those of {@link ChildOptions}. */
  readonly child?: ChildOptions | undefined;
  /** What guests get. Default: as for a runtime, but stdin is empty, and the output of `run` is captured. */
  readonly wasi?: WasiOptions | undefined;
  /** The guest for calls that do not name one. It is read once, and each member compiles it before it serves. Default: each call names its own. */
  readonly guest?: GuestSource | undefined;
  /** Signatures of the guest's exports, by name: `call` and leases are typed by them. Default: exports are checked at run time. */
  readonly exports?: Declared | undefined;
  /** How many members there are, from 1 to 1024. Default: `os.availableParallelism()`. */
  readonly size?: number | undefined;
  /** How many calls may wait for a member, from 0; another is refused with {@link PoolBusyError}. Default: 100. */
  readonly queue?: number | undefined;
  /** Milliseconds that a call may wait for a member; then it is refused with {@link PoolBusyError}. `Infinity` sets no bound. Default: `Infinity`. */
  readonly maxWaitMs?: number | undefined;
  /** Milliseconds that a lease may be kept; then its member is ended, and a warning is logged. `Infinity` sets no bound. Default: 60000. */
  readonly maxLeaseMs?: number | undefined;
  /**
   * How many calls and leases a member serves before a fresh one takes its place. `Infinity` sets no bound. It is 1, whatever you give, where host modules have
   * memories, tables or mutable globals: each call gets fresh ones. Default: `Infinity`.
   */
  readonly maxCallsPerMember?: number | undefined;
  /**
   * Bytes that a member may hold when a call has ended; if it holds more, a fresh one takes its place. For a process, all of its resident memory
   * counts; for a worker thread, its JavaScript heap and its buffers, including guest memories on `v8`, but not the memory of native libraries:
   * nobody can tell which of a program's native memory belongs to one thread. It costs a short request after each call. `Infinity` sets no bound.
   * Default: `Infinity`.
   */
  readonly maxMemberBytes?: number | undefined;
  /** The pool's name in its events on the diagnostics channel. Default: `pool`. */
  readonly name?: string | undefined;
}

/** What one use of a pool gets. */
export interface PoolUseOptions {
  /** Ends the call when aborted, also while it waits for a member. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that it may wait for a member; then it is refused with {@link PoolBusyError}. Default: `maxWaitMs` of the pool. */
  readonly maxWaitMs?: number | undefined;
}

/** What one call of a pool gets. */
export interface PoolCallOptions extends PoolUseOptions {
  /** Milliseconds that it may run; time spent waiting for a member does not count. Default: `limits.timeoutMs` of the pool. */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether the call may be made twice: if its member ends by itself meanwhile, the call is made once more on another, ahead of those that wait. A call
   * that was ended by a time limit or a signal is not made again. Default: `false`; it is rejected with `GuestCrashError`.
   */
  readonly idempotent?: boolean | undefined;
}

/** What a lease gets. */
export interface PoolLeaseOptions extends PoolUseOptions {
  /** The guest. Default: the pool's. */
  readonly guest?: GuestSource | undefined;
  /** Milliseconds that instantiating it may take. Default: `limits.timeoutMs` of the pool. */
  readonly timeoutMs?: number | undefined;
}

/** What a call of a guest gets. */
export interface PoolGuestOptions extends PoolCallOptions {
  /** The guest. Default: the pool's. */
  readonly guest?: GuestSource | undefined;
}
