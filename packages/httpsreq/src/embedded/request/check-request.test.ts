import { describe, expect, it } from 'vitest';
import { MalformedRequestError } from '../../errors.js';
import { checkRequest } from './check-request.js';

const check = (text: string) => checkRequest(Buffer.from(text, 'latin1'));

// The forms are those of RFC 9112.
describe('checkRequest', () => {
  // Where a text was made of each chunk, of each header and of the whole, they took 1000, 170 and 450 milliseconds.
  it.each([
    [
      'chunks',
      `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(2_000_000)}0\r\n\r\n`,
    ],
    ['headers', `GET / HTTP/1.1\r\n${'a:\r\n'.repeat(250_000)}\r\n`],
    ['carriage returns', `GET / HTTP/1.1\r\n${'\r'.repeat(64 << 20)}`],
  ])('looks at no more %s than it must', (_what, text) => {
    const bytes = Buffer.from(text, 'latin1');
    const before = process.cpuUsage();
    try {
      checkRequest(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedRequestError);
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(150);
  });

  it('takes a thousand header lines and no more', () => {
    const withHeaders = (count: number) => `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(count)}\r\n`;
    expect(check(withHeaders(1000)).method).toBe('GET');
    expect(() => check(withHeaders(1001))).toThrow('more than 1000 lines');
  });

  it('takes a head of 1 MiB and no more', () => {
    const ofLength = (length: number) => `${'GET / HTTP/1.1\r\na: '.padEnd(length, 'b')}\r\n\r\n`;
    expect(check(ofLength(2 ** 20)).method).toBe('GET');
    expect(() => check(ofLength(2 ** 20 + 1))).toThrow('within 1048576 bytes');
  });

  it('takes a target of 64 KiB and no more', () => {
    const withTarget = (length: number) => `GET ${'/'.padEnd(length, 'a')} HTTP/1.1\r\n\r\n`;
    expect(check(withTarget(2 ** 16)).method).toBe('GET');
    expect(() => check(withTarget(2 ** 16 + 1))).toThrow('does not begin with a request line');
  });

  it.each([
    ['blanks', `GET / HTTP/1.1\r\nHost: a${' '.repeat(1_000_000)}b\r\n\r\n`],
    ['colons', `GET / HTTP/1.1\r\nHost: a${':'.repeat(1_000_000)}\r\n\r\n`],
    ['lines', `GET / HTTP/1.1\r\n${'a:\r\n'.repeat(200_000)}\r\n`],
    ['a target', `GET ${'a'.repeat(1_000_000)} HTTP/1.1\r\n\r\n`],
    ['a scheme', `GET ${'a'.repeat(60_000)} HTTP/1.1\r\n\r\n`],
    ['no end', `GET / HTTP/1.1\r\n${'a'.repeat(10_000_000)}`],
  ])('takes no longer for a million %s', (_what, text) => {
    const start = performance.now();
    try {
      check(text);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedRequestError);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each([
    ['a GET', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'GET', ['a']],
    ['HTTP/1.0 without Host', 'HEAD /x?y=1 HTTP/1.0\r\n\r\n', 'HEAD', []],
    [
      'a body with its length',
      'POST / HTTP/1.1\r\nhost:\ta:8443 \r\nContent-Length: 3\r\n\r\nabc',
      'POST',
      ['a:8443'],
    ],
    [
      'a length given twice',
      'POST / HTTP/1.1\r\nContent-Length: 3\r\ncontent-length: 3\r\n\r\nabc',
      'POST',
      [],
    ],
    ['a line end behind the body', 'POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc\r\n', 'POST', []],
    [
      'chunks',
      'PUT / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n',
      'PUT',
      [],
    ],
    ['a target with a scheme', 'GET https://b/ HTTP/1.1\r\nHost: a\r\n\r\n', 'GET', ['b', 'a']],
    ['an unusual method', 'PROP-FIND * HTTP/1.1\r\n\r\n', 'PROP-FIND', []],
    ['bytes past ASCII in a value', 'GET / HTTP/1.1\r\nX: \xe9\r\n\r\n', 'GET', []],
  ] as const)('takes %s', (_what, text, method, hosts) => {
    expect(check(text)).toEqual({ method, hosts });
  });

  it.each([
    ['nothing', ''],
    ['no HTTP', 'hello\r\n\r\n'],
    ['HTTP/0.9', 'GET /\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a blank too many', 'GET  / HTTP/1.1\r\n\r\n'],
    ['a tunnel', 'CONNECT a:443 HTTP/1.1\r\n\r\n'],
    ['no end of the head', 'GET / HTTP/1.1\r\nHost: a\r\n'],
    ['single line feeds', 'GET / HTTP/1.1\nHost: a\n\n'],
    ['a line feed inside the head', 'GET / HTTP/1.1\r\nX: a\nHost: b\r\n\r\n'],
    ['a carriage return inside the head', 'GET / HTTP/1.1\r\nX: a\rHost: b\r\n\r\n'],
    ['a zero inside the head', 'GET / HTTP/1.1\r\nX: \0\r\n\r\n'],
    ['a folded line', 'GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n'],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nContent-Length : 3\r\n\r\nabc'],
    ['a second request', 'GET / HTTP/1.1\r\n\r\nGET /two HTTP/1.1\r\nHost: b\r\n\r\n'],
    ['a second request behind a body', 'POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nxGET / HTTP/1.1\r\n\r\n'],
    ['a body without a length', 'POST / HTTP/1.1\r\n\r\nabc'],
    ['a body that is too short', 'POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nabc'],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    ['a list of lengths', 'POST / HTTP/1.1\r\nContent-Length: 3, 3\r\n\r\nabc'],
    ['a length with a sign', 'POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc'],
    [
      'chunks and a length',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
    ],
    ['two encodings', 'POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['an unknown encoding', 'POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['chunks without end', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
    ['a chunk of another size', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n'],
    [
      'an extension of a chunk',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n',
    ],
    ['trailers', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n'],
    [
      'a request behind chunks',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    ],
    ['a chunk of 4 GiB', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc\r\n0\r\n\r\n'],
  ])('refuses %s', (_what, text) => {
    expect(() => check(text)).toThrow(MalformedRequestError);
  });
});
