import { Buffer } from 'node:buffer';
import { MalformedRequestError } from '../../errors.js';
import { checkChunks } from './check-chunks.js';
import { latin1, parseRequestLine } from './request-line.js';

/** What was found in a raw request. */
export interface CheckedRequest {
  readonly method: string;
  /** Hosts that it names: in `Host`, and in a target with a scheme; with their ports if they have any. */
  readonly hosts: readonly string[];
}

const longestHead = 1 << 20;
/** Far more than any server takes. */
const maxHeaders = 1000;
const headerShape = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\0\r\n]*$/;
const targetShape = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/**
 * Checks that the bytes are exactly one request in the form that RFC 9112 prescribes, nothing that servers may read differently:
 * a second request hidden in it would pass no check.
 *
 * @throws {MalformedRequestError}
 */
export function checkRequest(bytes: Uint8Array): CheckedRequest {
  const line = parseRequestLine(bytes);
  if (line === undefined) {
    throw malformed('it does not begin with a request line such as "GET / HTTP/1.1"');
  }
  if (line.method === 'CONNECT') {
    throw malformed('CONNECT asks for a tunnel, which is not supported');
  }
  const mayBeHead = bytes.subarray(0, longestHead + 4);
  const headEnd = Buffer.from(mayBeHead.buffer, mayBeHead.byteOffset, mayBeHead.byteLength).indexOf(
    '\r\n\r\n',
  );
  if (headEnd === -1) {
    throw malformed(`its head does not end with an empty line within ${longestHead} bytes`);
  }
  const [, ...lines] = latin1(bytes.subarray(0, headEnd)).split('\r\n', maxHeaders + 2);
  if (lines.length > maxHeaders) {
    throw malformed(`its head has more than ${maxHeaders} lines`);
  }
  const headers = lines.map(parseHeader);
  checkBody(headers, bytes.subarray(headEnd + 4));
  return { method: line.method, hosts: namedHosts(headers, line.path) };
}

type Header = readonly [name: string, value: string];

function parseHeader(line: string): Header {
  if (!headerShape.test(line)) {
    throw malformed('one of its header lines does not have the form "Name: value"');
  }
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), withoutBlanks(line.slice(colon + 1))];
}

/** Not by a regular expression, whose time would grow with the square of the blanks inside; nor by `trim`, which takes more than blanks. */
function withoutBlanks(value: string): string {
  let begin = 0;
  let end = value.length;
  while (begin < end && isBlankAt(value, begin)) {
    begin += 1;
  }
  while (end > begin && isBlankAt(value, end - 1)) {
    end -= 1;
  }
  return value.slice(begin, end);
}

function isBlankAt(value: string, index: number): boolean {
  return value[index] === ' ' || value[index] === '\t';
}

function valuesOf(headers: readonly Header[], wanted: string): string[] {
  return headers.flatMap(([name, value]) => (name === wanted ? [value] : []));
}

function checkBody(headers: readonly Header[], body: Uint8Array): void {
  const encodings = valuesOf(headers, 'transfer-encoding');
  const lengths = valuesOf(headers, 'content-length');
  if (encodings.length > 0) {
    if (lengths.length > 0 || encodings.length > 1 || encodings[0]?.toLowerCase() !== 'chunked') {
      throw malformed('it has a Transfer-Encoding other than "chunked", or a Content-Length as well');
    }
    checkChunks(body);
    return;
  }
  if (lengths.some((length) => !/^[0-9]{1,15}$/.test(length)) || new Set(lengths).size > 1) {
    throw malformed('its Content-Length is not a single number');
  }
  const length = Number(lengths[0] ?? 0);
  if (body.byteLength < length || !isLineEnd(body.subarray(length))) {
    throw malformed(
      `its body has ${body.byteLength} bytes, but its head says ${length}; set Content-Length, and one request at a time`,
    );
  }
}

/** RFC 9112, section 2.2: old clients send an additional line end after a body. */
function isLineEnd(bytes: Uint8Array): boolean {
  return bytes.byteLength <= 2 && bytes.every((byte) => byte === 0x0d || byte === 0x0a);
}

function namedHosts(headers: readonly Header[], target: string): string[] {
  const [, authority] = targetShape.exec(target) ?? [];
  return authority === undefined ? valuesOf(headers, 'host') : [authority, ...valuesOf(headers, 'host')];
}

function malformed(what: string): MalformedRequestError {
  return new MalformedRequestError(`The request cannot be sent: ${what}.`);
}
