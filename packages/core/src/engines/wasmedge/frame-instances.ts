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
  readonly of = (frame: Pointer): object =>
    this.at(Number(this.#library.c.CallingFrameGetModuleInstance(frame)));

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
