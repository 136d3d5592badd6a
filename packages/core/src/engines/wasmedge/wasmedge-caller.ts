import { NoMemoryError } from '../../errors/host-function-errors.js';
import type { Caller } from '../../host-module/caller.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Pointer } from '../../native/native-functions.js';
import { refuseDisposed } from '../call-state.js';
import { noGuestMessage, noMemoryMessage } from '../no-memory.js';
import type { InstanceLife } from './instance-life.js';

/** Tells of the instance to which a calling frame belongs. */
export interface CallingInstances {
  of(frame: Pointer): object;
  isGuest(frame: Pointer): boolean;
  lifeOf(frame: Pointer): InstanceLife | undefined;
}

/** The caller of a host function on WasmEdge: the calling frame tells whose memory it is. One object serves all calls of a runtime. */
export class WasmEdgeCaller implements Caller {
  /** The frame of the innermost host call, or 0 outside of one. */
  frame: Pointer = 0;
  readonly #memoryOf: (frame: Pointer) => GuestMemory | undefined;
  readonly #instances: CallingInstances;

  constructor(memoryOf: (frame: Pointer) => GuestMemory | undefined, instances: CallingInstances) {
    this.#memoryOf = memoryOf;
    this.#instances = instances;
  }

  get instance(): object {
    return this.#instances.of(this.#liveFrame());
  }

  /** How long the calling instance lives; `undefined` while it starts, and where no guest calls. */
  get life(): InstanceLife | undefined {
    return this.#instances.lifeOf(this.#liveFrame());
  }

  get hasMemory(): boolean {
    return this.#find() !== undefined;
  }

  get memory(): GuestMemory {
    const memory = this.#find();
    if (memory === undefined) {
      throw new NoMemoryError(
        this.#instances.isGuest(this.frame) ? noMemoryMessage('calling guest') : noGuestMessage,
      );
    }
    return memory;
  }

  #find(): GuestMemory | undefined {
    return this.#memoryOf(this.#liveFrame());
  }

  #liveFrame(): Pointer {
    if (this.frame === 0) {
      refuseDisposed('The caller of a host function is valid only during its call; it');
    }
    return this.frame;
  }
}
