import type { GuestMemory } from '@wasmedge-plugins/core';
import type { ShortBufferRule } from '../backend.js';
import { NnError } from '../errors.js';
import { allocatedBytes } from './allocated-bytes.js';

/** Where a guest wants an output: its buffer, which is inside its memory, and where the length goes. */
export interface OutputPlace {
  readonly buffer: number;
  readonly size: number;
  readonly written: number;
}

/**
 * Writes an output to a guest.
 *
 * @throws {NnError} `invalid_argument` or `too_large` for a buffer that is too short, as the rule says; with `too_large` the guest is told the length.
 */
export function giveOutput(
  memory: GuestMemory,
  { buffer, size, written }: OutputPlace,
  data: Uint8Array,
  onShortBuffer: ShortBufferRule,
): void {
  const isTold = onShortBuffer === 'too-large';
  // LlamaEdge allocates a buffer and passes its length as 0.
  const room = size === 0 && data.byteLength > 0 && isTold ? allocatedBytes(memory, buffer) : size;
  if (data.byteLength > room && onShortBuffer !== 'truncate') {
    if (isTold) memory.writeU32(written, data.byteLength);
    throw new NnError(
      isTold ? 'too_large' : 'invalid_argument',
      `The output has ${data.byteLength} bytes, but the guest's buffer only ${room}.`,
    );
  }
  const fitting = data.subarray(0, room);
  memory.write(buffer, fitting);
  memory.writeU32(written, fitting.byteLength);
}
