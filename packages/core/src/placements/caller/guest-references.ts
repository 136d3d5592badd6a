import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompiledGuest, loadedGuest } from '../../runtime/compiled-guest.js';
import { requireGuestFile } from '../../runtime/load-guest.js';
import type { GuestSource } from '../../runtime/runtime.js';
import type { GuestReference } from '../protocol/messages.js';

/** How many compiled guests a member keeps for its caller. */
const maxKept = 32;

const numbers = new WeakMap<CompiledGuest, number>();
let lastNumber = 0;

/** A guest as it goes to a member. */
export interface SentGuest {
  readonly guest: GuestReference;
  readonly bytes?: Uint8Array | undefined;
}

/** Which guests one member knows. */
export class GuestReferences {
  readonly #known = new Set<number>();

  /** The guest, and its bytes where the member does not have them; with the number of one that the member is to forget. */
  refer(source: GuestSource): { readonly sent: SentGuest; readonly forget: number | undefined } {
    if (source instanceof CompiledGuest) return this.#referToCompiled(source);
    if (source instanceof Uint8Array) {
      // A copy, which is moved.
      return { sent: { guest: { form: 'bytes' }, bytes: Uint8Array.from(source) }, forget: undefined };
    }
    const file = requireGuestFile(source);
    const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
    return { sent: { guest: { form: 'file', file: path } }, forget: undefined };
  }

  #referToCompiled(source: CompiledGuest): ReturnType<GuestReferences['refer']> {
    const { label, programName, bytes } = loadedGuest(source);
    const number = numbers.get(source) ?? ++lastNumber;
    numbers.set(source, number);
    const guest = { form: 'kept', number, label, programName } as const;
    if (this.#known.delete(number)) {
      this.#known.add(number);
      return { sent: { guest }, forget: undefined };
    }
    this.#known.add(number);
    const [oldest] = this.#known;
    const forget = this.#known.size > maxKept ? oldest : undefined;
    if (forget !== undefined) this.#known.delete(forget);
    return { sent: { guest, bytes: Uint8Array.from(bytes) }, forget };
  }
}
