import { NativeArea } from './native-area.js';
import type { CString } from './native-functions.js';

const encoder = new TextEncoder();
const shortest = 4096;

/** Hands strings to C functions that copy them. One area is reused, so a string is valid until the next one is made. */
export class CStrings {
  #area = new NativeArea(shortest);

  /** `text` as UTF-8, for the very next call only. */
  pass(text: string): CString {
    const bytes = encoder.encode(text);
    if (bytes.byteLength > this.#area.u8.byteLength) {
      this.#area[Symbol.dispose]();
      this.#area = new NativeArea(bytes.byteLength);
    }
    this.#area.u8.set(bytes);
    return { Length: bytes.byteLength, Buf: this.#area.address };
  }
}
