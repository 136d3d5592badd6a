import type { ParametersOf, ResultOf, ValueType } from '../values/value-types.js';
import type { WaitingMemory } from './waiting-memory.js';

/**
 * The guest that waits for a host function with `on: 'caller'`. Valid until the function has returned, or until its promise has settled.
 *
 * The function's calls of the guest's runtime, such as of exports of the waiting instance, are served meanwhile, and so are calls from timers and events that it has set
 * up itself; a call from elsewhere in the program waits until the guest has ended.
 */
export interface WaitingCaller {
  /** The calling instance's memory 0; each access is a promise. */
  readonly memory: WaitingMemory;
  /** Whether the calling instance has a memory that the host can reach. */
  readonly hasMemory: boolean;
  /**
   * Stands for the calling instance: the same object in all of its calls, a different one for every other instance. Keep one guest's
   * state in a `WeakMap` under it, so that the state ends with the instance.
   */
  readonly instance: object;
  /**
   * Aborted when the guest no longer waits although the function has not answered: its time was up, its signal was aborted, or its thread or process has ended. With
   * placement `inline` that cannot happen.
   *
   * @example const answer = await fetch(url, { signal: caller.signal });
   */
  readonly signal: AbortSignal;
}

/**
 * The TypeScript function behind a signature that stays in the caller's thread; it may return a promise. Written as a condition for the same reason as `HostCall`.
 */
export type WaitingCall<Params extends readonly ValueType[], Results extends readonly ValueType[]> = [
  Results,
] extends [readonly ValueType[]]
  ? (caller: WaitingCaller, ...args: ParametersOf<Params>) => ResultOf<Results> | Promise<ResultOf<Results>>
  : never;
