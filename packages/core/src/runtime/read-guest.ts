import { type ModuleTypes, readModuleTypes } from '../module-types/module-types.js';
import { loadGuestFile } from './load-guest.js';
import { namingGuest } from './naming-guest.js';
import type { GuestSource } from './runtime.js';

/** A guest whose file was read, for one who looks at it before it is run. */
export interface ReadGuest {
  /** Its module, in the binary format. */
  readonly bytes: Uint8Array;
  /** What it imports and exports. */
  readonly types: ModuleTypes;
  /** What a runtime takes for it: the same bytes, and the names of the file. */
  readonly source: GuestSource;
}

/**
 * Reads the file of a guest once: a pipe gives its bytes only one time, and a file may be another one the next time.
 *
 * @throws {GuestNotFoundError} when it cannot be read.
 * @throws {InvalidGuestError} when it is not a module.
 */
export function readGuest(path: string): ReadGuest {
  const loaded = loadGuestFile(path);
  const { bytes } = loaded;
  // Runtimes know what was read before, though callers have no type for it.
  return {
    bytes,
    types: namingGuest(loaded.label, () => readModuleTypes(bytes)),
    source: loaded as unknown as GuestSource,
  };
}
