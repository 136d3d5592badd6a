import { readModule } from '../module-types/read-module.js';
import { rewriteGuest, unchanged } from '../module-types/rewrite-guest.js';

/**
 * What is compiled of a guest: its bytes without native code that it brings, and without what limits change in them.
 *
 * @throws {InvalidGuestError} when it is not a module, or has more of something than is taken.
 */
export function guestToCompile(bytes: Uint8Array): Uint8Array {
  return rewriteGuest(readModule(bytes, { code: true, nesting: true }), unchanged);
}
