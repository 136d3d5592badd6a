import { GuestMemory } from '../../memory/guest-memory.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { EngineState } from './engine-state.js';
import { InstanceLife } from './instance-life.js';
import { wasmEdgeMemorySource } from './wasmedge-memory.js';

/**
 * Guest memories that calling frames lead to. A frame tells the memory instance and not who owns it, so all of them end whenever an
 * instance is freed: its address may be another memory's next.
 */
export class FrameMemories {
  readonly #library: Library;
  readonly #state: EngineState;
  readonly #byPointer = new Map<Pointer, GuestMemory>();
  readonly #ended = new Set<InstanceLife>();
  #life = new InstanceLife('The memory of a calling guest');
  #lastPointer: Pointer = 0;
  #lastMemory: GuestMemory | undefined;

  constructor(library: Library, state: EngineState) {
    this.#library = library;
    this.#state = state;
  }

  /** Memory 0 of the guest that made the call, if it has one. */
  of(frame: Pointer): GuestMemory | undefined {
    const pointer = Number(this.#library.c.CallingFrameGetMemoryInstance(frame, 0));
    if (pointer === 0) {
      return undefined;
    }
    if (pointer !== this.#lastPointer) {
      this.#lastMemory = this.#at(pointer);
      this.#lastPointer = pointer;
    }
    return this.#lastMemory;
  }

  /** Ends every memory that was handed out; to be called before an instance is freed. Calls `free` once no view of any is left. */
  end(free: () => void): void {
    if (this.#byPointer.size === 0 && this.#ended.size === 0) {
      free();
      return;
    }
    const life = this.#life;
    life.end();
    this.#ended.add(life);
    life.whenUnused(() => this.#ended.delete(life));
    let used = this.#ended.size + 1;
    const countDown = () => {
      if (--used === 0) {
        free();
      }
    };
    for (const ended of this.#ended) {
      ended.whenUnused(countDown);
    }
    countDown();
    this.#life = new InstanceLife('The memory of a calling guest');
    this.#byPointer.clear();
    this.#lastPointer = 0;
    this.#lastMemory = undefined;
  }

  #at(pointer: Pointer): GuestMemory {
    let memory = this.#byPointer.get(pointer);
    if (memory === undefined) {
      memory = new GuestMemory(wasmEdgeMemorySource(this.#library, pointer, this.#state, this.#life));
      this.#byPointer.set(pointer, memory);
    }
    return memory;
  }
}
