import type { GuestMemory } from '../memory/guest-memory.js';

/** The guest that is calling a host function. Valid during the call only. */
export interface Caller {
  /**
   * The calling instance's memory 0.
   *
   * @throws {NoMemoryError} when the guest has no memory; check {@link Caller.hasMemory} first if that is not an error.
   */
  readonly memory: GuestMemory;
  /** Whether the calling instance has a memory that the host can reach. */
  readonly hasMemory: boolean;
  /**
   * Stands for the calling instance: the same object in all of its calls, a different one for every other instance. A plug-in keeps
   * one guest's state with `perInstance` of its context; a host module can keep it in a `WeakMap` under this object.
   *
   * @throws {DisposedError} after the call has ended, on engine `wasmedge`.
   */
  readonly instance: object;
}
