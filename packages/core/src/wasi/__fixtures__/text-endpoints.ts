import type { InputSource } from '../endpoints.js';

/** A source of one text. */
export function sourceOf(text: string): InputSource {
  let rest = Buffer.from(text);
  return {
    read(bytes) {
      const part = rest.subarray(0, bytes.byteLength);
      bytes.set(part);
      rest = rest.subarray(part.byteLength);
      return part.byteLength;
    },
  };
}

/** A sink that takes so many bytes at once at most. */
export function sinkTaking(most = Number.POSITIVE_INFINITY) {
  const pieces: Uint8Array[] = [];
  return {
    pieces,
    text: () => Buffer.concat(pieces).toString(),
    write(bytes: Uint8Array) {
      const part = bytes.subarray(0, most);
      pieces.push(part);
      return part.byteLength;
    },
  };
}
