import { NoMemoryError } from '../../errors/host-function-errors.js';
import type { Caller } from '../../host-module/caller.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import { V8Life } from './v8-life.js';

/** The caller of a host function on V8: imports are bound to one instance, whose memory is known before any of its code runs. */
export class V8Caller implements Caller {
  bound: GuestMemory | undefined;
  readonly life: V8Life;
  readonly #noMemory: string;
  #instance: object | undefined;

  /** @param noMemory what the error says when there is no memory. */
  constructor(life: V8Life, noMemory: string) {
    this.life = life;
    this.#noMemory = noMemory;
  }

  get instance(): object {
    this.#instance ??= Object.freeze({});
    return this.#instance;
  }

  get hasMemory(): boolean {
    return this.bound !== undefined;
  }

  get memory(): GuestMemory {
    if (this.bound === undefined) throw new NoMemoryError(this.#noMemory);
    return this.bound;
  }
}

/** The caller of a host function that the host calls itself. */
export function noGuestCaller(message: string): V8Caller {
  const life = new V8Life();
  // Nothing lasts because of it.
  life.disposed = true;
  return new V8Caller(life, message);
}
