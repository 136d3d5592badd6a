import { InvalidGuestError } from '../../../errors/guest-errors.js';
import { ByteReader } from '../../../module-types/byte-reader.js';
import { isCompiledCode } from '../../../module-types/compiled-code-section.js';
import { sectionId } from '../../../module-types/sections.js';
import type { CompiledCode } from './compiled-code.js';

/**
 * The section with native code that the compiler has put behind a guest. Nothing else of what was compiled is used; `undefined` when it is
 * not this guest with one such section behind it.
 */
export function nativeSection(guest: Uint8Array, { bytes }: CompiledCode): Uint8Array | undefined {
  if (Buffer.compare(bytes.subarray(0, guest.length), guest) !== 0) return undefined;
  const reader = new ByteReader(bytes, { start: guest.length, end: bytes.length });
  try {
    if (reader.byte() !== sectionId.custom) return undefined;
    const content = reader.part(reader.u32());
    return reader.remaining === 0 && isCompiledCode(content) ? bytes.subarray(guest.length) : undefined;
  } catch (error) {
    if (InvalidGuestError.isInstance(error)) return undefined;
    throw error;
  }
}
