import { refuseDisposed } from '../engines/call-state.js';
import type { EngineName } from '../engines/engine.js';
import type { GuestCode } from '../engines/guest-code.js';
import type { GuestCodes } from '../engines/guest-codes.js';
import type { LoadedGuest } from './load-guest.js';
import { namingGuest } from './naming-guest.js';

/** A guest as one engine holds it, and its names. */
export interface OpenGuest {
  /** Its name in messages. */
  readonly label: string;
  /** Argument 0 of a WASI command. */
  readonly programName: string;
  readonly code: GuestCode;
}

/** What a compiled guest holds for each engine that has used it. */
type HeldGuests = Map<GuestCodes, OpenGuest>;

// What nobody disposed of is let go when it is collected.
const abandoned = new FinalizationRegistry<HeldGuests>(letGo);

let open: (guest: CompiledGuest, guests: GuestCodes) => OpenGuest;
let load: (guest: CompiledGuest) => LoadedGuest;

/**
 * A guest that was read and compiled once, for any number of calls and runtimes: `compileGuest()` makes it. Runtimes and instances
 * continue after it is disposed. On engine `wasmedge` it holds memory outside the JavaScript heap, some 25 times the size of the file,
 * until it is disposed or collected.
 */
export class CompiledGuest implements Disposable {
  /** The engine it was compiled for. The other engine accepts it too, and reads and compiles it on first use. */
  readonly engine: EngineName;
  readonly #loaded: LoadedGuest;
  readonly #held: HeldGuests = new Map();
  #disposed = false;

  static {
    open = (guest, guests) => guest.#open(guests);
    load = (guest) => guest.#load();
  }

  /** @internal */
  constructor(engine: EngineName, loaded: LoadedGuest, guests: GuestCodes, code: GuestCode) {
    this.engine = engine;
    this.#loaded = loaded;
    this.#keep(guests, code);
    abandoned.register(this, this.#held, this);
  }

  /** Ends its use: `run` and `instantiate` refuse it from here on. */
  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    abandoned.unregister(this);
    letGo(this.#held);
  }

  #load(): LoadedGuest {
    if (this.#disposed) refuseDisposed(`The compiled guest ${this.#loaded.label}`);
    return this.#loaded;
  }

  #open(guests: GuestCodes): OpenGuest {
    const { bytes, label } = this.#load();
    const known =
      this.#held.get(guests) ??
      this.#keep(
        guests,
        namingGuest(label, () => guests.takeUnkept(bytes)),
      );
    known.code.hold();
    return known;
  }

  #keep(guests: GuestCodes, code: GuestCode): OpenGuest {
    const { label, programName } = this.#loaded;
    const guest = { label, programName, code };
    this.#held.set(guests, guest);
    return guest;
  }
}

/**
 * What an engine holds of a compiled guest, kept for the caller.
 *
 * @throws {DisposedError} when the guest was disposed.
 * @throws {InvalidGuestError} when this engine reads it now and does not accept it.
 */
export function openCompiledGuest(guest: CompiledGuest, guests: GuestCodes): OpenGuest {
  return open(guest, guests);
}

/**
 * The bytes and names of a compiled guest; the bytes never change.
 *
 * @throws {DisposedError} when the guest was disposed.
 */
export function loadedGuest(guest: CompiledGuest): LoadedGuest {
  return load(guest);
}

function letGo(held: HeldGuests): void {
  for (const { code } of held.values()) code.letGo();
  held.clear();
}
