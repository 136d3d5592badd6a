import { fileURLToPath } from 'node:url';
import { absolutePath } from '../../files/absolute-path.js';
import { CompiledGuest, loadedGuest } from '../../runtime/compiled-guest.js';
import { LoadedGuest, requireGuestFile } from '../../runtime/load-guest.js';
import type { GuestSource } from '../../runtime/runtime.js';
import { refuseLostBytes } from '../../values/lost-bytes.js';
import type { GuestReference } from '../protocol/messages.js';

/** How many compiled guests a member keeps for its caller. */
const maxKept = 32;

/** A guest as callers give it, or one that a pool has read. */
export type GivenGuest = GuestSource | LoadedGuest;

/**
 * What a guest that was read before consists of; `undefined` for the others.
 *
 * @throws {DisposedError} when it was compiled and is disposed.
 */
export function keptGuest(source: GivenGuest): LoadedGuest | undefined {
  if (source instanceof CompiledGuest) return loadedGuest(source);
  return source instanceof LoadedGuest ? source : undefined;
}

const numbers = new WeakMap<CompiledGuest | LoadedGuest, number>();
let lastNumber = 0;

/** A guest as it goes to a member. */
export interface SentGuest {
  readonly guest: GuestReference;
  readonly bytes?: Uint8Array | undefined;
}

/** What a request says of a guest. */
export interface ReferredGuest {
  readonly sent: SentGuest;
  /** The number of a guest that the member is to forget. */
  readonly forget?: number | undefined;
  /** The exports that the member found to be as declared; `undefined` for a guest that it does not keep. */
  readonly checked?: Set<string>;
}

/** Which guests one member knows. */
export class GuestReferences {
  readonly #known = new Map<number, Set<string>>();

  /** The guest, and its bytes where the member does not have them. */
  refer(source: GivenGuest): ReferredGuest {
    const kept = keptGuest(source);
    if (kept !== undefined) return this.#referToKept(source as CompiledGuest | LoadedGuest, kept);
    if (source instanceof Uint8Array) {
      refuseLostBytes('The guest', source);
      // A copy, which is moved.
      return { sent: { guest: { form: 'bytes' }, bytes: Uint8Array.from(source) } };
    }
    const file = requireGuestFile(source);
    const path = file instanceof URL ? fileURLToPath(file) : absolutePath(file);
    return { sent: { guest: { form: 'file', file: path } } };
  }

  #referToKept(
    source: CompiledGuest | LoadedGuest,
    { label, programName, bytes }: LoadedGuest,
  ): ReferredGuest {
    const number = numbers.get(source) ?? ++lastNumber;
    numbers.set(source, number);
    const guest = { form: 'kept', number, label, programName } as const;
    const known = this.#known.get(number);
    const checked = known ?? new Set<string>();
    this.#known.delete(number);
    this.#known.set(number, checked);
    if (known !== undefined) return { sent: { guest }, checked };
    const [oldest] = this.#known.keys();
    const forget = this.#known.size > maxKept ? oldest : undefined;
    if (forget !== undefined) this.#known.delete(forget);
    return { sent: { guest, bytes: Uint8Array.from(bytes) }, forget, checked };
  }
}
