import type { WaitingCaller } from '../../host-module/waiting-caller.js';
import { type MemoryUse, type WaitingMemory, waitingMemory } from '../../host-module/waiting-memory.js';
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
    const request =
      use === 'write'
        ? ({ kind: 'callerMemory', use, args: [args[0]], bytes: copyOf(args[1]) } as const)
        : ({ kind: 'callerMemory', use, args } as const);
    const { value, bytes } = await this.#guest.ask(request);
    return bytes ?? value;
  }
}

/** Nobody else's, since it is moved. */
function copyOf(bytes: unknown): Uint8Array {
  requireBytes('caller.memory.write()', bytes);
  return new Uint8Array(bytes);
}
