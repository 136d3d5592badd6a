import type { RuntimeReport } from '../../runtime/runtime-report.js';
import type { Signature } from '../../values/signature.js';
import type { ParametersOf } from '../../values/value-types.js';
import type { MemberTask } from '../interface/member-task.js';
import type {
  DeclaredPlacedExports,
  PlacedFunctionOf,
  PlacedGuestResult,
} from '../interface/placed-exports.js';
import type { PlacedInstance, PlacedRuntime } from '../interface/placed-runtime.js';
import type { PoolCallOptions, PoolGuestOptions, PoolLeaseOptions, PoolUseOptions } from './pool-options.js';
import type { PoolRunOptions, PoolRunResult } from './pool-run.js';

/** What a pool is doing now. */
export interface PoolStatus {
  /** Number of members with nothing to do. */
  readonly idle: number;
  /** Number of members that serve a call or are leased. */
  readonly busy: number;
  /** Number of members that are being made. */
  readonly starting: number;
  /** Number of calls that wait for a member. */
  readonly waiting: number;
}

/** An instance in a member that serves nobody else until it is given back: by disposal, or by `await using`. */
export type PoolLease<Exports> = PlacedInstance<Exports>;

/** Something that each member does before it serves. */
export interface PoolPreparation<Result> extends AsyncDisposable {
  /** The result of the first member. */
  readonly result: Result;
}

/** A task for each member. */
export interface PreparationTask<Args extends readonly unknown[], Result> extends MemberTask<Args, Result> {
  /** The function that undoes it, exported by the same module and called with the same arguments. Default: none. */
  readonly undo?: string | undefined;
}

/** The parameters of a pool's export, as its declared signature types them. */
export type PoolCallArguments<
  Declared extends Readonly<Record<string, Signature>>,
  Name,
> = Name extends keyof Declared ? ParametersOf<Declared[Name]['params']> : readonly (number | bigint)[];

/** The result of a pool's export, as its declared signature types it. */
export type PoolCallResult<
  Declared extends Readonly<Record<string, Signature>>,
  Name,
> = Name extends keyof Declared ? Awaited<ReturnType<PlacedFunctionOf<Declared[Name]>>> : PlacedGuestResult;

/** The exports that can be called: the declared ones, or any name when none was declared. */
export type PoolCallName<Declared extends Readonly<Record<string, Signature>>> = [keyof Declared] extends [
  never,
]
  ? string
  : keyof Declared & string;

/**
 * Members of one placement, kept warm: threads or processes, each with a runtime in which the guest is already compiled. A call gets a free
 * member; when there is none, it waits its turn with others, as many as `queue` allows. A member that ended, for whatever reason, is replaced.
 * Every call settles.
 */
export interface Pool<Declared extends Readonly<Record<string, Signature>> = Record<never, never>>
  extends AsyncDisposable {
  /** Where the members are. */
  readonly placement: PlacedRuntime['placement'];
  /** How many members there are. */
  readonly size: number;
  /** What it is doing now. */
  readonly status: PoolStatus;
  /**
   * Settles when every member is ready to serve. Calls need not wait for it.
   *
   * @throws the errors of `createRuntime` when a member's runtime cannot be made, or the error with which the guest could not be compiled.
   */
  ready(): Promise<void>;
  /**
   * Settles when a call made right away will not be refused because too many are waiting; those who wait here are served in order. For
   * producers that would rather be slowed down than refused.
   *
   * @throws {GuestAbortError} when the signal is aborted.
   * @throws {DisposedError} when the pool ends.
   * @example for await (const line of lines) { await pool.room(); answers.push(pool.run({ stdin: line })); }
   */
  room(options?: Pick<PoolUseOptions, 'signal'>): Promise<void>;
  /**
   * Runs a WASI command with a fresh instance, and resolves to its exit code and output.
   *
   * @throws {PoolBusyError} when too many calls wait, or this one did for too long.
   * @throws the errors of `PlacedRuntime.run`.
   */
  run(options?: PoolRunOptions): Promise<PoolRunResult>;
  /**
   * Calls one export of a fresh instance, which is gone afterwards.
   *
   * @throws {PoolBusyError} when too many calls wait, or this one did for too long.
   * @throws the errors of `PlacedRuntime.instantiate`, and of calls of its exports.
   * @example const sum = await pool.call('add', [1, 2]);
   */
  call<const Name extends PoolCallName<Declared>>(
    name: Name,
    args: PoolCallArguments<Declared, Name>,
    options?: PoolGuestOptions,
  ): Promise<PoolCallResult<Declared, Name>>;
  /**
   * Runs a function of a module in a member, with the runtime there as its first argument: for clients and sessions.
   *
   * @throws {PoolBusyError} when too many calls wait, or this one did for too long.
   * @throws the errors of `PlacedRuntime.perform`.
   */
  perform<Args extends readonly unknown[], Result>(
    task: MemberTask<Args, Result>,
    args: Args,
    options?: PoolCallOptions,
  ): Promise<Result>;
  /**
   * An instance that keeps its state between calls, in a member that serves nobody else until it is given back. An instance kept for longer than
   * `maxLeaseMs` is lost: its calls reject with `InstanceLostError`.
   *
   * @throws {PoolBusyError} when too many calls wait, or this one did for too long.
   * @throws the errors of `PlacedRuntime.instantiate`.
   * @example await using lease = await pool.acquire();
   */
  acquire(options?: PoolLeaseOptions): Promise<PoolLease<DeclaredPlacedExports<Declared>>>;
  /**
   * Runs a function of a module in every member: in each existing one as soon as it serves no call, and in each later one before it serves.
   * Settles when the first has run it; if it fails in a later one, a warning is logged. Disposal ends it, and undoes it if `undo` says how.
   *
   * @throws the errors of `PlacedRuntime.perform`.
   * @throws {GuestCrashError} when members end while they run it, one after another.
   * @throws {DisposedError} when the pool is drained or disposed before one has run it.
   */
  prepare<Args extends readonly unknown[], Result>(
    task: PreparationTask<Args, Result>,
    args: Args,
  ): Promise<PoolPreparation<Result>>;
  /** What the members' runtimes chose, and why, as reported by the one that served last; `undefined` until the first has been made. */
  report(): RuntimeReport | undefined;
  /**
   * Refuses new calls, waits until all others, including leases, have ended, and ends the members.
   *
   * @param options when its signal is aborted, whatever has not ended is ended as by disposal.
   */
  drain(options?: Pick<PoolUseOptions, 'signal'>): Promise<void>;
  /** Ends at once: waiting and running calls are rejected with `DisposedError`. Use {@link Pool.drain} to let calls end. */
  [Symbol.asyncDispose](): Promise<void>;
}
