import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { placeOwnFile, readOwnFile } from './own-file.js';

const length = 32;

/** The key of the seals, if there is one; only the user can read it. */
export function readSecret(state: string): Uint8Array | undefined {
  const secret = readOwnFile(join(state, 'secret'), length, true);
  return secret?.byteLength === length ? secret : undefined;
}

/**
 * The key of the seals, made where there is none. Of two processes that make one at once, the later's stays, and what the other has sealed
 * is compiled again.
 *
 * @throws what the system refuses.
 */
export function makeSecret(state: string): Uint8Array {
  const known = readSecret(state);
  if (known !== undefined) return known;
  placeOwnFile(join(state, 'secret'), randomBytes(length));
  const made = readSecret(state);
  if (made === undefined) throw new Error(`${join(state, 'secret')} cannot be read back after writing`);
  return made;
}
