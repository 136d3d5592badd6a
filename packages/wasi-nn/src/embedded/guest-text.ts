import type { GuestMemory } from '@wasmedge-plugins/core';
import { NnError } from '../errors.js';
import { longestConfig } from '../kit/config-text.js';
import { checkRange } from './guest-tensor.js';

/** Most bytes of a model's name, and of a configuration. */
const longestText = longestConfig;

/** @throws {NnError} `invalid_argument` for a range outside the memory, `too_large` for one that is longer than any text may be. */
export function checkTextRange(memory: GuestMemory, pointer: number, length: number, what: string): void {
  checkRange(memory, pointer, length >>> 0, what);
  if (length >>> 0 > longestText) {
    throw new NnError(
      'too_large',
      `The guest passes ${what} of ${length >>> 0} bytes; at most ${longestText} are accepted.`,
    );
  }
}
