import type { GuestMemory } from '@wasmedge-plugins/core';
import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import { readOptionalOptions } from '../guest-arguments.js';
import type { OptionsObject } from '../options-object.js';

/** The options of an optional handle, which must be for symmetric algorithms; throws invalid_handle. */
export function readSymmetricOptions(
  state: CryptoState,
  memory: GuestMemory,
  pointer: number,
): OptionsObject | undefined {
  const options = readOptionalOptions(state, memory, pointer);
  if (options !== undefined && options.type !== 'symmetric') {
    throw new CryptoError('invalid_handle');
  }
  return options;
}
