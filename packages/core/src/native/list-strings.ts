import { NativeArea } from './native-area.js';
import { nativeBytes } from './native-bytes.js';
import type { Pointer } from './native-functions.js';

const decoder = new TextDecoder();

/** Copies the text at an address. */
export function readString(length: number, address: Pointer): string {
  return decoder.decode(nativeBytes(address, length));
}

/** The strings that a C function writes into an array of WasmEdge_String; they are borrowed, so they are copied at once. */
export function listStrings(
  count: number,
  fill: (address: Pointer, count: number) => void,
): readonly string[] {
  using area = new NativeArea(count * 16);
  fill(area.address, count);
  return Array.from({ length: count }, (_, index) =>
    readString(area.u32[index * 4] ?? 0, Number(area.u64[index * 2 + 1])),
  );
}
