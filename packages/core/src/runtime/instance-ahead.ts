import type { PreparedGuest } from '../engines/engine.js';
import { exportNamed } from '../module-types/export-named.js';
import type { GuestInstance } from './guest-instance.js';

/** What an instance that waits for its call may start with: pages of 64 KiB of its memories, and elements of its tables. */
const maxPages = 64;
const maxElements = 65_536;

/** An instance that is made before its call comes, so that the call need not wait for it. */
export class InstanceAhead {
  #guest: PreparedGuest | undefined;
  #instance: GuestInstance<unknown> | undefined;

  /** Makes one, if nobody can tell that it was made early. */
  make(guest: PreparedGuest, instantiate: () => GuestInstance<unknown>): void {
    this.drop();
    if (!canWait(guest)) return;
    this.#instance = instantiate();
    this.#guest = guest;
  }

  /** The one that was made for a guest that gets the same imports. It is the caller's now. */
  take({ code, imports }: PreparedGuest): GuestInstance<unknown> | undefined {
    const isFit = this.#guest?.code === code && this.#guest.imports === imports;
    const instance = this.#instance;
    if (!isFit) {
      this.drop();
      return undefined;
    }
    this.#guest = undefined;
    this.#instance = undefined;
    return instance;
  }

  /** Ends it: what follows finds the runtime as it would be without. */
  drop(): void {
    const instance = this.#instance;
    this.#guest = undefined;
    this.#instance = undefined;
    instance?.[Symbol.dispose]();
  }
}

/** Whether nothing of the guest runs before it is called, it shares nothing with others, and it takes little. */
function canWait({ code, imports: { types, providers } }: PreparedGuest): boolean {
  const pages = types.memories.reduce((sum, { minimum }) => sum + minimum, 0);
  const elements = code.reading.tables.reduce((sum, { type }) => sum + type.minimum, 0);
  return (
    !types.hasStart &&
    exportNamed(types, '_initialize') === undefined &&
    pages <= maxPages &&
    elements <= maxElements &&
    !providers.some(({ kind }) => kind === 'guest' || kind === 'object')
  );
}
