import { refuseDisposed } from './call-state.js';

/** How long an instance may be used. */
export interface Life {
  readonly disposed: boolean;
}

/** Instances that are noted before those that have ended are looked for. */
const fewLives = 8;

/**
 * The instances through which the host was given a function. It is one function whichever of them exports it or has it in a table, so it may be
 * used as long as one of them lives.
 */
export class FunctionReach<L extends Life> {
  readonly #label: string;
  #life: L;
  #others: Set<L> | undefined;
  #most = fewLives;

  /** @param label what messages call the guest. */
  constructor(life: L, label: string) {
    this.#life = life;
    this.#label = label;
  }

  /** Notes one more instance. */
  add(life: L): void {
    if (life === this.#life || life.disposed) return;
    if (this.#life.disposed) {
      this.#life = life;
      return;
    }
    this.#others ??= new Set();
    this.#others.add(life);
    if (this.#others.size <= this.#most) return;
    for (const other of this.#others) if (other.disposed) this.#others.delete(other);
    this.#most = fewLives + 2 * this.#others.size;
  }

  get isAlive(): boolean {
    return this.#find() !== undefined;
  }

  /**
   * The life of one that may be used.
   *
   * @throws {DisposedError} when there is none.
   */
  living(): L {
    return this.#find() ?? refuseDisposed(`The instance of the guest ${this.#label}`);
  }

  #find(): L | undefined {
    if (!this.#life.disposed) return this.#life;
    for (const other of this.#others ?? []) {
      this.#others?.delete(other);
      if (other.disposed) continue;
      this.#life = other;
      return other;
    }
    return undefined;
  }
}
