import { Buffer } from 'node:buffer';

/** What a request asks for. */
export interface RequestLine {
  readonly method: string;
  /** The target as written. */
  readonly path: string;
}

// RFC 9112, section 3: the method is a token, the target has no blanks; a host may refuse lines longer than 8000 bytes.
const shape = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) ([!-~\x80-\xff]{1,65536}) HTTP\/1\.[01]$/;
const longestLine = 66_000;

/** The first line of a raw request, or undefined when it is none of HTTP/1. */
export function parseRequestLine(bytes: Uint8Array): RequestLine | undefined {
  const end = bytes.subarray(0, longestLine).indexOf(0x0d);
  const [, method, path] = shape.exec(latin1(bytes.subarray(0, Math.max(end, 0)))) ?? [];
  return method === undefined || path === undefined ? undefined : { method, path };
}

/** One character for each byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
