import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { FrameMemories } from './frame-memories.js';
import type { InstanceLife } from './instance-life.js';
import type { OwnedInstance } from './instance-owner.js';
import type { CallingInstances } from './wasmedge-caller.js';

interface Known {
  readonly identity: object;
  readonly serial: number;
}

/**
 * Tells the instances apart that calling frames belong to. An address tells them apart only while its instance lives: a freed one may be
 * another instance's next.
 */
export class FrameInstances implements CallingInstances {
  readonly #library: Library;
  readonly #isHostModule: (pointer: Pointer) => boolean;
  readonly #memories: FrameMemories;
  readonly #known = new Map<Pointer, Known>();
  readonly #lives = new Map<Pointer, InstanceLife>();
  /** Without those that were disposed, whose memories must not be held. */
  readonly #instances = new Map<Pointer, OwnedInstance>();
  #serial = 0;

  /** @param isHostModule whether what is at an address belongs to the host: it makes the calls that no guest makes. */
  constructor(library: Library, memories: FrameMemories, isHostModule: (pointer: Pointer) => boolean) {
    this.#library = library;
    this.#memories = memories;
    this.#isHostModule = isHostModule;
  }

  moduleOf(frame: Pointer): Pointer {
    return Number(this.#library.c.CallingFrameGetModuleInstance(frame));
  }

  /** Whether it makes calls that a guest makes. */
  isGuest(pointer: Pointer): boolean {
    return !this.#isHostModule(pointer);
  }

  lifeOf(pointer: Pointer): InstanceLife | undefined {
    return this.#lives.get(pointer);
  }

  /** Memory 0 of the instance at an address. The frame is asked while it starts, after it was disposed, as others may still call it, and for one of a native plug-in. */
  memoryOf(pointer: Pointer, frame: Pointer): GuestMemory | undefined {
    const instance = this.#instances.get(pointer);
    const memory = instance?.life.disposed === true ? undefined : instance?.memory;
    return memory ?? this.#memories.of(frame);
  }

  /** An instance is there. */
  begin(instance: OwnedInstance): void {
    this.#lives.set(instance.pointer, instance.life);
    this.#instances.set(instance.pointer, instance);
  }

  /** The instance was disposed; others may still call it. */
  leave(pointer: Pointer): void {
    this.#instances.delete(pointer);
  }

  /** Stands for the instance at an address; one object stands for what makes the calls that no guest makes. */
  at(pointer: Pointer): object {
    let known = this.#known.get(pointer);
    if (known === undefined) {
      known = { identity: Object.freeze({}), serial: ++this.#serial };
      this.#known.set(pointer, known);
    }
    return known.identity;
  }

  /** To be called when nothing can call from the instance any more, before its address may be another's. */
  end(pointer: Pointer): void {
    this.#known.delete(pointer);
    this.#lives.delete(pointer);
  }

  /** Taken before an instance is made, for {@link FrameInstances.endSince}. */
  get mark(): number {
    return this.#serial;
  }

  /**
   * Forgets what has called since the mark and is not alive, and returns it: an instance that was not made may have called from its start function.
   */
  endSince(mark: number, isAlive: (pointer: Pointer) => boolean): readonly object[] {
    const ended: object[] = [];
    for (const [pointer, { identity, serial }] of this.#known) {
      if (serial > mark && !isAlive(pointer)) {
        this.#known.delete(pointer);
        ended.push(identity);
      }
    }
    return ended;
  }
}
