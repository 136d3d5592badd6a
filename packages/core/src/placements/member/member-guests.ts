import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { CompiledGuest } from '../../runtime/compiled-guest.js';
import type { GuestRuntime } from '../../runtime/guest-runtime.js';
import type { GuestSource } from '../../runtime/runtime.js';
import type { GuestReference } from '../protocol/messages.js';

/** The guests that a member keeps for its caller, by the caller's numbers. */
export class MemberGuests {
  readonly #kept = new Map<number, CompiledGuest>();

  /** The guest that a request names. */
  take(
    runtime: GuestRuntime,
    request: { readonly guest: GuestReference; readonly bytes?: Uint8Array | undefined },
  ): GuestSource {
    const { guest, bytes } = request;
    if (guest.form === 'file') return guest.file;
    if (guest.form === 'bytes') return bytes ?? new Uint8Array(0);
    const known = this.#kept.get(guest.number);
    if (known !== undefined) return known;
    if (bytes === undefined)
      throw new InvalidArgumentError(`The member does not know the guest ${guest.label}.`);
    const { label, programName } = guest;
    const kept = runtime.keepGuest({ label, programName, bytes });
    this.#kept.set(guest.number, kept);
    return kept;
  }

  forget(number: number): void {
    this.#kept.get(number)?.[Symbol.dispose]();
    this.#kept.delete(number);
  }
}
