import { Buffer } from 'node:buffer';
import { MalformedRequestError } from '../errors/malformed-request-error.js';

const sizeShape = /^([0-9a-f]{1,8})$/i;

/**
 * Checks that a body in chunks (RFC 9112, section 7.1) ends where the bytes end. Extensions and trailers are refused: servers read
 * them differently, and no guest is known to send any.
 *
 * @throws {MalformedRequestError}
 */
export function checkChunks(bytes: Uint8Array): void {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; ; ) {
    const lineEnd = body.subarray(at, at + 10).indexOf('\r\n');
    const [, size] = sizeShape.exec(body.toString('latin1', at, at + Math.max(lineEnd, 0))) ?? [];
    if (size === undefined) {
      throw malformed();
    }
    const end = at + lineEnd + 2 + Number.parseInt(size, 16);
    if (body.toString('latin1', end, end + 2) !== '\r\n') {
      throw malformed();
    }
    at = end + 2;
    if (Number.parseInt(size, 16) === 0) {
      if (at !== body.byteLength) {
        throw malformed();
      }
      return;
    }
  }
}

function malformed(): MalformedRequestError {
  return new MalformedRequestError(
    'The request cannot be sent: its chunks do not end where it ends; send chunks without extensions and trailers, and one request at a time.',
  );
}
