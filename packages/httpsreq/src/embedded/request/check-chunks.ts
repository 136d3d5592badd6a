import { MalformedRequestError } from '../../errors.js';

const maxDigits = 8;
const [carriageReturn, lineFeed] = [0x0d, 0x0a];

/**
 * Checks that a body in chunks (RFC 9112, section 7.1) ends where the bytes end. Extensions and trailers are refused: servers read
 * them differently, and no guest is known to send any.
 *
 * @throws {MalformedRequestError}
 */
export function checkChunks(body: Uint8Array): void {
  // Byte by byte, without texts in between: a guest may send millions of chunks of one byte.
  for (let at = 0; ; ) {
    let size = 0;
    let digits = 0;
    for (let value = hexadecimal(body[at]); value !== undefined; value = hexadecimal(body[at])) {
      size = size * 16 + value;
      digits += 1;
      at += 1;
      if (digits > maxDigits) {
        throw malformed();
      }
    }
    if (digits === 0 || !isLineEnd(body, at) || !isLineEnd(body, at + 2 + size)) {
      throw malformed();
    }
    at += size + 4;
    if (size === 0) {
      if (at !== body.byteLength) {
        throw malformed();
      }
      return;
    }
  }
}

function isLineEnd(body: Uint8Array, at: number): boolean {
  return body[at] === carriageReturn && body[at + 1] === lineFeed;
}

/** The value of a digit, of either letter case. */
function hexadecimal(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}

function malformed(): MalformedRequestError {
  return new MalformedRequestError(
    'The request cannot be sent: its chunks and the request end at different places; send chunks without extensions and trailers, and one request at a time.',
  );
}
