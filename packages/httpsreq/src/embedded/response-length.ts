import { Buffer } from 'node:buffer';

const headEnd = '\r\n\r\n';

/**
 * How many of the bytes belong to the response and the interim responses before it, when the parser has found it complete and what
 * arrived with its end may go on. What this cannot tell counts as belonging to it.
 *
 * @param headOnly whether it answers a request with HEAD.
 */
export function responseLength(bytes: Uint8Array<ArrayBuffer>, headOnly: boolean): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let begin = 0;
  for (;;) {
    const end = buffer.indexOf(headEnd, begin);
    if (end === -1) {
      return buffer.byteLength;
    }
    const head = buffer.toString('latin1', begin, end + 2);
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]);
    begin = end + headEnd.length;
    if (status === 101 || status >= 200) {
      const empty = headOnly || status === 101 || status === 204 || status === 304;
      return empty ? begin : bodyEnd(buffer, begin, head);
    }
  }
}

function bodyEnd(buffer: Buffer, begin: number, head: string): number {
  if (/^transfer-encoding:.*\bchunked[ \t]*\r$/im.test(head)) {
    return chunksEnd(buffer, begin);
  }
  const length = /^content-length:[ \t]*(\d+)[ \t]*\r$/im.exec(head)?.[1];
  return length === undefined ? buffer.byteLength : Math.min(begin + Number(length), buffer.byteLength);
}

function chunksEnd(buffer: Buffer, begin: number): number {
  let at = begin;
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', at);
    const size = Number.parseInt(buffer.toString('latin1', at, at + 16), 16);
    if (lineEnd === -1 || Number.isNaN(size)) {
      return buffer.byteLength;
    }
    if (size === 0) {
      // The line end of the last chunk is the first half of the empty line, where there are no trailers.
      const end = buffer.indexOf(headEnd, lineEnd);
      return end === -1 ? buffer.byteLength : end + headEnd.length;
    }
    at = lineEnd + 2 + size + 2;
  }
}
