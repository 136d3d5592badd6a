import type { GuestCodes } from '../engines/guest-codes.js';
import { refuseLostBytes } from '../values/lost-bytes.js';
import { CompiledGuest, type OpenGuest, openCompiledGuest } from './compiled-guest.js';
import { bytesNames, LoadedGuest, loadGuestFile } from './load-guest.js';
import { namingGuest } from './naming-guest.js';
import type { GuestSource } from './runtime.js';

/**
 * The guest from any source, read now unless its bytes were read before. The caller holds it, and lets go of it.
 *
 * @throws {GuestNotFoundError} when its file cannot be read.
 * @throws {InvalidGuestError} when it is not a module, or has more of something than is taken.
 * @throws {InvalidArgumentError} for bytes whose buffer was transferred, and for what is no source of a guest.
 * @throws {DisposedError} for a compiled guest that was disposed.
 */
export function openGuest(source: GuestSource | LoadedGuest, guests: GuestCodes): OpenGuest {
  if (source instanceof CompiledGuest) return openCompiledGuest(source, guests);
  if (source instanceof Uint8Array) {
    refuseLostBytes('The guest', source);
    return { ...bytesNames, code: namingGuest(bytesNames.label, () => guests.take(source, false)) };
  }
  const { bytes, ...names } = source instanceof LoadedGuest ? source : loadGuestFile(source);
  return { ...names, code: namingGuest(names.label, () => guests.take(bytes, true)) };
}
