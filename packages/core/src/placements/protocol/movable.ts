import type { Message } from './messages.js';

/** The buffer of a message's bytes, where they are all of it, so that it can be moved instead of being copied. */
export function movable(message: object): ArrayBuffer[] {
  const { bytes } = message as Partial<Message>;
  if (bytes === undefined || bytes.byteLength === 0) return [];
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength ? [buffer] : [];
}
