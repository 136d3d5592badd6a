import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';

interface Known {
  readonly identity: object;
  readonly serial: number;
}

/**
 * Tells the instances apart that calling frames belong to. An address tells them apart only while its instance lives: a freed one may be
 * another instance's next.
 */
export class FrameInstances {
  readonly #library: Library;
  readonly #known = new Map<Pointer, Known>();
  #serial = 0;

  constructor(library: Library) {
    this.#library = library;
  }

  /** Stands for the instance that made the call; one object stands for calls that no guest made. */
  readonly of = (frame: Pointer): object => {
    const pointer = Number(this.#library.c.CallingFrameGetModuleInstance(frame));
    let known = this.#known.get(pointer);
    if (known === undefined) {
      known = { identity: Object.freeze({}), serial: ++this.#serial };
      this.#known.set(pointer, known);
    }
    return known.identity;
  };

  /** To be called before an instance is freed. */
  end(pointer: Pointer): void {
    this.#known.delete(pointer);
  }

  /** Taken before an instance is made, for {@link FrameInstances.endSince}. */
  get mark(): number {
    return this.#serial;
  }

  /** Forgets what has called since the mark and is not alive: an instance that was not made may have called from its start function. */
  endSince(mark: number, isAlive: (pointer: Pointer) => boolean): void {
    for (const [pointer, { serial }] of this.#known) {
      if (serial > mark && !isAlive(pointer)) {
        this.#known.delete(pointer);
      }
    }
  }
}
