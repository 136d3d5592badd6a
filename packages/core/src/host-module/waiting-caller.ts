import type { ParametersOf, ResultOf, ValueType } from '../values/value-types.js';
import type { WaitingMemory } from './waiting-memory.js';

/**
 * The guest that waits for a host function of `on: 'caller'`. Valid until the function has returned, or the promise that it returned has settled.
 *
 * What the function calls of the guest's runtime, such as exports of the instance that waits, is served meanwhile, and so is what it has called by timers and events that
 * it has set up itself; a call from elsewhere in the program waits until the guest has ended.
 */
export interface WaitingCaller {
  /** The calling instance's memory 0; each access is a promise. */
  readonly memory: WaitingMemory;
  /** Whether the calling instance has a memory that the host can reach. */
  readonly hasMemory: boolean;
  /**
   * Stands for the calling instance: the same object in all of its calls, another one for every other instance. What belongs to one guest
   * is kept by it in a `WeakMap`, and so ends with the instance.
   */
  readonly instance: object;
  /**
   * Aborted when the guest waits no longer though the function has not answered: its time was over, its signal was aborted, or its thread or process has ended. Inline
   * that cannot happen.
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
