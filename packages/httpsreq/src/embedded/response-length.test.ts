import { describe, expect, it } from 'vitest';
import { responseLength } from './response-length.js';

// The ends are those of RFC 9112, section 6.3.
const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
const complete: readonly (readonly [what: string, response: string, headOnly?: boolean])[] = [
  ['Content-Length', 'HTTP/1.1 200 OK\r\ncontent-length:  5 \r\n\r\nhello'],
  ['a length of 0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
  [
    'chunks',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n2;a="b"\r\n\r\n\r\n0\r\n\r\n',
  ],
  [
    'trailers',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\nA: 1\r\nB: 2\r\n\r\n',
  ],
  [
    'chunks besides a length',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\n\r\n',
  ],
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n', true],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['304', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n'],
  ['101', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
  ['an interim response', `${interim}${interim}HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx`],
];

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('responseLength', () => {
  it.for(complete)('ends with %s', ([, response, headOnly = false]) => {
    expect(responseLength(bytesOf(response), headOnly)).toBe(response.length);
    expect(responseLength(bytesOf(`${response}HTTP/1.1 200 OK\r\n\r\n`), headOnly)).toBe(response.length);
  });

  it.each([
    'HTTP/1.1 200 OK\r\n\r\nuntil the end',
    'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\npart',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel',
    'HTTP/1.1 200 OK\r\nno end',
    '',
  ])('takes all of %j', (response) => {
    expect(responseLength(bytesOf(response), false)).toBe(response.length);
  });
});
