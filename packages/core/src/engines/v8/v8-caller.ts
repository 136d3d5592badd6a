import { NoMemoryError } from '../../errors/no-memory-error.js';
import type { Caller } from '../../host-module/host-module.js';
import type { GuestMemory } from '../../memory/guest-memory.js';

/** The caller of a host function on V8: imports are bound to one instance, whose memory is known once it is instantiated. */
export class V8Caller implements Caller {
  bound: GuestMemory | undefined;
  readonly instance: object = Object.freeze({});
  readonly #label: string;

  constructor(label: string) {
    this.#label = label;
  }

  get hasMemory(): boolean {
    return this.bound !== undefined;
  }

  get memory(): GuestMemory {
    if (this.bound === undefined) {
      throw new NoMemoryError(
        `The guest ${this.#label} has no memory that the host can reach; on this engine it must export its memory, and its start function cannot use it.`,
      );
    }
    return this.bound;
  }
}
