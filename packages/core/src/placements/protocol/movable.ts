import type { Message } from './messages.js';

/** The buffer of a message's bytes, where they are all of it, so that it can be moved instead of being copied. */
export function movable(message: object): ArrayBuffer[] {
  const { bytes } = message as Partial<Message>;
  return bytes !== undefined && bytes.byteLength > 0 && bytes.byteLength === bytes.buffer.byteLength
    ? [bytes.buffer as ArrayBuffer]
    : [];
}
