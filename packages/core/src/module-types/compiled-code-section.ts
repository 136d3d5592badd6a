import type { ByteReader } from './byte-reader.js';

/** The name of the custom section in which WasmEdge's compiler puts native code, and from which the library takes it. */
const name = new TextEncoder().encode('wasmedge');

/** Whether a custom section is one that WasmEdge would take for compiled code of the module. */
export function isCompiledCode(section: ByteReader): boolean {
  const length = section.u32();
  const start = section.offset;
  section.skip(length);
  // By its bytes, as the library does: how a length is written, and what a decoder thinks of the text, make no difference.
  return length === name.length && name.every((byte, index) => section.bytes[start + index] === byte);
}
