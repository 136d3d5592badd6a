import { NoMemoryError } from '../../errors/host-function-errors.js';
import type { Caller } from '../../host-module/caller.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Pointer } from '../../native/native-functions.js';
import { refuseDisposed } from '../call-state.js';

/** The caller of a host function on WasmEdge: the calling frame tells whose memory it is. One object serves all calls of a runtime. */
export class WasmEdgeCaller implements Caller {
  /** The frame of the innermost host call, or 0 outside of one. */
  frame: Pointer = 0;
  readonly #memoryOf: (frame: Pointer) => GuestMemory | undefined;
  readonly #instanceOf: (frame: Pointer) => object;

  constructor(memoryOf: (frame: Pointer) => GuestMemory | undefined, instanceOf: (frame: Pointer) => object) {
    this.#memoryOf = memoryOf;
    this.#instanceOf = instanceOf;
  }

  get instance(): object {
    return this.#instanceOf(this.#liveFrame());
  }

  get hasMemory(): boolean {
    return this.#find() !== undefined;
  }

  get memory(): GuestMemory {
    const memory = this.#find();
    if (memory === undefined) {
      throw new NoMemoryError(
        'The calling guest has no memory; a guest needs one to pass more than numbers.',
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
