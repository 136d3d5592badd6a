import type { ModuleReading } from '../module-types/module-reading.js';
import { GuestCode, type GuestCodeOwner } from './guest-code.js';

/** How an engine deals with guests. */
export interface GuestCodesOptions<Made> {
  /** Reads a guest, with the bounds that the engine needs. */
  read(bytes: Uint8Array): ModuleReading;
  /** Frees what was made of a guest. */
  release(made: Made): void;
  /** Bytes of the guests that are kept without anybody holding them. */
  readonly maxBytes: number;
}

/** How many guests are kept without anybody holding them. */
const maxKept = 32;
/** Bytes of JavaScript's heap that an import or export takes, about. */
const entryBytes = 128;

/**
 * The guests that an engine knows in this thread. The same bytes are the same guest, whoever gives them: they are compared, since an
 * array may have been changed since it was given. The latest are kept within a bound; others live as long as somebody holds them.
 */
export class GuestCodes<Made = unknown> implements GuestCodeOwner<Made> {
  readonly #options: GuestCodesOptions<Made>;
  readonly #byLength = new Map<number, Set<GuestCode<Made>>>();
  readonly #kept = new Map<GuestCode<Made>, number>();
  #keptBytes = 0;

  constructor(options: GuestCodesOptions<Made>) {
    this.#options = options;
  }

  /**
   * The guest that these bytes are, kept for those who give them again; the caller holds it from here on.
   *
   * @param isOwn whether nobody else can change the bytes.
   */
  take(bytes: Uint8Array, isOwn: boolean): GuestCode<Made> {
    const known = this.#find(bytes);
    const isLarge = bytes.byteLength > this.#options.maxBytes;
    // What another thread may change is never used as it is.
    const isStable = isOwn || (isLarge && bytes.buffer instanceof ArrayBuffer);
    const code = known ?? this.#add(isStable ? bytes : new Uint8Array(bytes), !isLarge);
    code.hold();
    if (!isLarge) this.#keep(code);
    return code;
  }

  /** The guest that these bytes are, for one who holds it as long as it is wanted; nobody else can change the bytes. */
  takeUnkept(bytes: Uint8Array): GuestCode<Made> {
    const code = this.#find(bytes) ?? this.#add(bytes, true);
    code.hold();
    return code;
  }

  /** Lets go of the guests that nobody holds. */
  forgetKept(): void {
    for (const code of [...this.#kept.keys()]) this.#drop(code);
  }

  release(made: Made): void {
    this.#options.release(made);
  }

  forget(code: GuestCode<Made>): void {
    const { byteLength } = code.reading.bytes;
    const sameLength = this.#byLength.get(byteLength);
    sameLength?.delete(code);
    if (sameLength?.size === 0) this.#byLength.delete(byteLength);
  }

  #find(bytes: Uint8Array): GuestCode<Made> | undefined {
    for (const code of this.#byLength.get(bytes.byteLength) ?? []) {
      if (Buffer.compare(code.reading.bytes, bytes) === 0) return code;
    }
    return undefined;
  }

  /** @param isFound whether the bytes stay what they are, so that others can find the guest. */
  #add(bytes: Uint8Array, isFound: boolean): GuestCode<Made> {
    const code = new GuestCode<Made>(this.#options.read(bytes), this);
    if (isFound) {
      const sameLength = this.#byLength.get(bytes.byteLength) ?? new Set();
      this.#byLength.set(bytes.byteLength, sameLength.add(code));
    }
    return code;
  }

  #keep(code: GuestCode<Made>): void {
    const known = this.#kept.get(code);
    if (known !== undefined) {
      this.#kept.delete(code);
      this.#kept.set(code, known);
      return;
    }
    const weight = weightOf(code.reading);
    if (weight > this.#options.maxBytes) return;
    code.hold();
    this.#kept.set(code, weight);
    this.#keptBytes += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#keptBytes <= this.#options.maxBytes && this.#kept.size <= maxKept) break;
      this.#drop(oldest);
    }
  }

  #drop(code: GuestCode<Made>): void {
    this.#keptBytes -= this.#kept.get(code) ?? 0;
    this.#kept.delete(code);
    code.letGo();
  }
}

function weightOf({ bytes, types, tables }: ModuleReading): number {
  return bytes.byteLength + entryBytes * (types.imports.length + types.exports.length + tables.length);
}
