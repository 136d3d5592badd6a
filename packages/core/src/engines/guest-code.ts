import type { ModuleReading } from '../module-types/module-reading.js';
import { changesKey, type GuestChanges, rewriteGuest } from '../module-types/rewrite-guest.js';

/** How many forms of one guest are kept: limits, and names of imports, make them differ. */
const maxForms = 4;

/** Who knows a guest. */
export interface GuestCodeOwner<Made> {
  /** Frees what was made of a guest. */
  release(made: Made): void;
  /** Forgets a guest that nobody holds any more. */
  forget(code: GuestCode<Made>): void;
}

/** A guest as one engine knows it: its bytes were read once, and what the engine made of them is kept for all runtimes. */
export class GuestCode<Made = unknown> {
  readonly reading: ModuleReading;
  readonly #owner: GuestCodeOwner<Made>;
  readonly #forms = new Map<string, Made>();
  /** What is being made, by its key; settled when it was made or failed. */
  readonly #pending = new Map<string, Promise<void>>();
  #holders = 0;

  constructor(reading: ModuleReading, owner: GuestCodeOwner<Made>) {
    this.reading = reading;
    this.#owner = owner;
  }

  /** Keeps what was made until {@link letGo}. */
  hold(): void {
    this.#holders++;
  }

  letGo(): void {
    if (--this.#holders > 0) return;
    for (const made of this.#forms.values()) this.#owner.release(made);
    this.#forms.clear();
    this.#owner.forget(this);
  }

  /**
   * What the engine made of the guest with these changes; `make` gets the bytes where it was not made yet. To be called while held.
   *
   * @param kind tells apart what is made of the same bytes in different ways.
   */
  form(changes: GuestChanges, make: (bytes: Uint8Array) => Made, kind = ''): Made {
    const key = kind + changesKey(changes);
    const known = this.#forms.get(key);
    if (known !== undefined && this.#forms.size === 1) return known;
    return this.#keep(key, known ?? make(rewriteGuest(this.reading, changes)));
  }

  /** {@link form}, made elsewhere in the meantime; once, whoever asks for it in that time. */
  async prepareForm(changes: GuestChanges, make: (bytes: Uint8Array) => Promise<Made>): Promise<void> {
    const key = changesKey(changes);
    // Another one's failure is told in words of its own, so each tries in its turn.
    for (let other = this.#pending.get(key); other !== undefined; other = this.#pending.get(key)) await other;
    if (this.#forms.has(key)) return;
    const making = make(rewriteGuest(this.reading, changes));
    const settled = making.then(
      () => {},
      () => {},
    );
    this.#pending.set(key, settled);
    try {
      const made = await making;
      if (this.#forms.has(key)) this.#owner.release(made);
      else this.#keep(key, made);
    } finally {
      this.#pending.delete(key);
    }
  }

  /** The latest in use comes last. */
  #keep(key: string, made: Made): Made {
    this.#forms.delete(key);
    this.#forms.set(key, made);
    for (const [oldest, form] of this.#forms) {
      if (this.#forms.size <= maxForms) break;
      this.#forms.delete(oldest);
      this.#owner.release(form);
    }
    return made;
  }
}
