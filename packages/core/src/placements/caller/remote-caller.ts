import type { WaitingCaller } from '../../host-module/waiting-caller.js';
import { type MemoryUse, type WaitingMemory, waitingMemory } from '../../host-module/waiting-memory.js';
import { copyOf } from '../protocol/spare-bytes.js';
import { requireBytes } from './require-bytes.js';
import type { WaitingGuest } from './waiting-guest.js';

/** A guest elsewhere that waits for a host function. */
export class RemoteCaller implements WaitingCaller {
  readonly hasMemory: boolean;
  readonly instance: object;
  readonly #guest: WaitingGuest;
  #memory: WaitingMemory | undefined;

  constructor(guest: WaitingGuest, { hasMemory, instance }: Pick<WaitingCaller, 'hasMemory' | 'instance'>) {
    this.#guest = guest;
    this.hasMemory = hasMemory;
    this.instance = instance;
  }

  get memory(): WaitingMemory {
    this.#memory ??= waitingMemory((use, args) => this.#use(use, args));
    return this.#memory;
  }

  get signal(): AbortSignal {
    return this.#guest.signal;
  }

  async #use(use: MemoryUse, args: readonly unknown[]): Promise<unknown> {
    if (use === 'write') {
      const [pointer, written] = args;
      requireBytes('caller.memory.write()', written);
      // A copy, since it is moved.
      const request = { kind: 'callerMemory', use, args: [pointer], bytes: copyOf(written) } as const;
      return (await this.#guest.ask(request)).value;
    }
    const { value, bytes } = await this.#guest.ask({ kind: 'callerMemory', use, args });
    return bytes ?? value;
  }
}
