import { NoMemoryError } from '../../errors/host-function-errors.js';
import type { Caller } from '../../host-module/caller.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Pointer } from '../../native/native-functions.js';
import { refuseDisposed } from '../call-state.js';
import { noGuestMessage, noMemoryMessage } from '../no-memory.js';
import type { InstanceLife } from './instance-life.js';

/** Tells of the instance to which a calling frame belongs, by the address of its module instance. */
export interface CallingInstances {
  moduleOf(frame: Pointer): Pointer;
  at(module: Pointer): object;
  isGuest(module: Pointer): boolean;
  lifeOf(module: Pointer): InstanceLife | undefined;
  memoryOf(module: Pointer, frame: Pointer): GuestMemory | undefined;
}

/** The caller of a host function on WasmEdge: the calling frame tells whose memory it is. One object serves all calls of a runtime. */
export class WasmEdgeCaller implements Caller {
  /** The frame of the innermost host call, or 0 outside of one. */
  frame: Pointer = 0;
  /** The module instance of the frame; -1 as long as nobody has asked, which takes a call of the library. */
  module: Pointer = -1;
  readonly #instances: CallingInstances;

  constructor(instances: CallingInstances) {
    this.#instances = instances;
  }

  get instance(): object {
    return this.#instances.at(this.#liveModule());
  }

  /** How long the calling instance lives; `undefined` while it starts, and where no guest calls. */
  get life(): InstanceLife | undefined {
    return this.#instances.lifeOf(this.#liveModule());
  }

  get hasMemory(): boolean {
    return this.#find() !== undefined;
  }

  get memory(): GuestMemory {
    const memory = this.#find();
    if (memory === undefined) {
      throw new NoMemoryError(
        this.#instances.isGuest(this.#liveModule()) ? noMemoryMessage('calling guest') : noGuestMessage,
      );
    }
    return memory;
  }

  #find(): GuestMemory | undefined {
    return this.#instances.memoryOf(this.#liveModule(), this.frame);
  }

  #liveModule(): Pointer {
    if (this.module === -1) {
      if (this.frame === 0) {
        refuseDisposed('The caller of a host function is valid only during its call; it');
      }
      this.module = this.#instances.moduleOf(this.frame);
    }
    return this.module;
  }
}
