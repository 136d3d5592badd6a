import type { GuestMemory } from '@wasmedge-plugins/core';
import { NnError } from '../errors.js';
import { checkRange } from './guest-tensor.js';

/** Most parts of a model; no backend takes more than two. */
const maxParts = 8;

/**
 * The parts of a model, as views of the guest's memory.
 *
 * @throws {NnError} `invalid_argument` for more than 8 parts, and for a range outside the memory.
 */
export function borrowBuilders(memory: GuestMemory, builders: number, count: number): Uint8Array[] {
  checkRange(memory, builders, count * 8, 'the model');
  if (count > maxParts) {
    throw new NnError('invalid_argument', `The model has ${count} parts; at most ${maxParts} are accepted.`);
  }
  return Array.from({ length: count }, (_, index) => {
    const pointer = memory.readU32(builders + index * 8);
    const length = memory.readU32(builders + index * 8 + 4);
    checkRange(memory, pointer, length, 'the model');
    return memory.borrow(pointer, length, (bytes) => bytes);
  });
}
