import type { GuestMemory } from '@wasmedge-plugins/core';
import { CryptoError } from './crypto-error.js';
import type { CryptoState } from './crypto-state.js';
import { lowerCaseName } from './lower-case-name.js';
import type { OptionsObject } from './options-object.js';

// No algorithm or option has a longer name; the rest of a guest's bytes is not looked at.
const maxNameBytes = 64;

/** Checks a range of guest memory, so that nothing is done before all pointers of a call are known to be good: algorithm_failure. */
export function checkRange(memory: GuestMemory, pointer: number, length: number): void {
  if (!memory.contains(pointer, length)) {
    throw new CryptoError('algorithm_failure');
  }
}

/** The name of an algorithm or option in lower case, which has no meaning in names; empty for one that nothing can have. */
export function readName(memory: GuestMemory, pointer: number, length: number): string {
  if (length >>> 0 > maxNameBytes) {
    checkRange(memory, pointer, length);
    return '';
  }
  return memory.borrow(pointer, length, lowerCaseName);
}

/** An optional handle: 8 bytes, the first of which is 1 for none; the handle is at 4. */
export function readOptionalHandle(memory: GuestMemory, pointer: number): number | undefined {
  checkRange(memory, pointer, 8);
  return memory.readU8(pointer) === 1 ? undefined : memory.readU32((pointer >>> 0) + 4);
}

/** The options that an optional handle names; throws invalid_handle. */
export function readOptionalOptions(
  state: CryptoState,
  memory: GuestMemory,
  pointer: number,
): OptionsObject | undefined {
  const handle = readOptionalHandle(memory, pointer);
  return handle === undefined ? undefined : state.options.get(handle);
}
