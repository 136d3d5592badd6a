import type { GuestMemory } from '../memory/guest-memory.js';

/** The guest that is calling a host function. Valid during the call only. */
export interface Caller {
  /**
   * The calling instance's memory 0.
   *
   * @throws {NoMemoryError} when the guest has no memory; ask {@link Caller.hasMemory} first where that is not an error.
   */
  readonly memory: GuestMemory;
  /** Whether the calling instance has a memory that the host can reach. */
  readonly hasMemory: boolean;
  /**
   * Stands for the calling instance: the same object in all of its calls, another one for every other instance. A plug-in keeps what
   * belongs to one guest by `perInstance` of its context; a host module may keep it by this object in a `WeakMap`.
   *
   * @throws {DisposedError} after the call has ended, on engine `wasmedge`.
   */
  readonly instance: object;
}
