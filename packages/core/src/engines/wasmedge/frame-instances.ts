import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { InstanceLife } from './instance-life.js';
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
  readonly #known = new Map<Pointer, Known>();
  readonly #lives = new Map<Pointer, InstanceLife>();
  #serial = 0;

  /** @param isHostModule whether what is at an address belongs to the host: it makes the calls that no guest makes. */
  constructor(library: Library, isHostModule: (pointer: Pointer) => boolean) {
    this.#library = library;
    this.#isHostModule = isHostModule;
  }

  /** Stands for the instance that made the call; one object stands for calls that no guest made. */
  of(frame: Pointer): object {
    return this.at(this.#pointerOf(frame));
  }

  /** Whether a guest made the call. */
  isGuest(frame: Pointer): boolean {
    return !this.#isHostModule(this.#pointerOf(frame));
  }

  lifeOf(frame: Pointer): InstanceLife | undefined {
    return this.#lives.get(this.#pointerOf(frame));
  }

  /** An instance is there. */
  begin(pointer: Pointer, life: InstanceLife): void {
    this.#lives.set(pointer, life);
  }

  /** Stands for the instance at an address. */
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

  #pointerOf(frame: Pointer): Pointer {
    return Number(this.#library.c.CallingFrameGetModuleInstance(frame));
  }
}
