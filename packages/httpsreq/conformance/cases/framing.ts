import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { assertFails } from '../drive/assert-fails.js';
import { get, RawCalls, requestText } from '../drive/raw-calls.js';
import { answer, answerAndStay, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { withServer } from '../servers/with-server.js';

const waits = 'the guest waits until the server closes the connection';
const untilClose = 'reads-until-close';

interface Exchange {
  readonly name: string;
  readonly source: string;
  readonly request?: string;
  readonly response: string;
  readonly detects?: readonly string[];
}

/** Responses whose end is in themselves, from servers that keep the connection open. */
const framed: readonly Exchange[] = [
  {
    name: 'a response of HTTP/1.1 ends after its Content-Length',
    source: 'RFC 9112 section 6.3, rule 6',
    response: okResponse('hello', ['Connection: keep-alive']),
  },
  {
    name: 'a response of HTTP/1.0 ends after its Content-Length',
    source: 'RFC 1945 section 7.2.2',
    response: 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello',
  },
  {
    name: 'an empty body ends with the head',
    source: 'RFC 9112 section 6.3, rule 6',
    response: okResponse(''),
  },
  {
    name: 'a chunked response ends after its last chunk, and is given as it came',
    source: 'RFC 9112 section 7.1',
    detects: ['decodes-chunks'],
    response: `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;name=value\r\n world\r\n0\r\n\r\n`,
  },
  {
    name: 'a chunked response ends after its trailers',
    source: 'RFC 9112 section 7.1.2',
    response:
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nTrailer: Expires\r\n\r\nA\r\n0123456789\r\n0\r\nExpires: never\r\nX-Other: 1\r\n\r\n',
  },
  {
    name: 'a response to HEAD has no body, whatever its headers say',
    source: 'RFC 9112 section 6.3, rule 1',
    request: requestText('HEAD', '/'),
    response: 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n',
  },
  {
    name: 'a chunked response to HEAD has no body',
    source: 'RFC 9112 section 6.3, rule 1',
    request: requestText('HEAD', '/'),
    response: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
  },
  {
    name: 'a response with status 204 has no body',
    source: 'RFC 9112 section 6.3, rule 1',
    response: 'HTTP/1.1 204 No Content\r\nX-Header: 1\r\n\r\n',
  },
  {
    name: 'a response with status 304 has no body, whatever its headers say',
    source: 'RFC 9112 section 6.3, rule 1',
    response: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\nETag: "x"\r\n\r\n',
  },
  {
    name: 'interim responses are given before the final one',
    source: 'RFC 9110 section 15.2; guest-abi: the raw bytes',
    detects: ['drops-interim-responses'],
    response: `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${okResponse('hello')}`,
  },
  {
    name: 'an error status is a response like any other',
    source: 'guest-abi section 2',
    response: 'HTTP/1.1 503 \r\nContent-Length: 4\r\n\r\nbusy',
  },
];

/** Responses that only the end of the connection ends. */
const closed: readonly Exchange[] = [
  {
    name: 'a response of HTTP/1.0 without a length ends with the connection',
    source: 'RFC 1945 section 7.2.2',
    response: 'HTTP/1.0 200 OK\r\nX-Header: 1\r\n\r\nuntil the end',
  },
  {
    name: 'a response of HTTP/1.1 without a length ends with the connection',
    source: 'RFC 9112 section 6.3, rule 8',
    response: 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end',
  },
  {
    name: 'a response with a length may be followed by the end of the connection',
    source: 'RFC 9112 section 9.6',
    response: okResponse('hello', ['Connection: close']),
  },
];

/** What servers send instead of a whole response. */
const broken = [
  {
    name: 'a body that is shorter than its Content-Length',
    sent: 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\npart',
  },
  {
    name: 'a chunked body without its last chunk',
    sent: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
  },
  { name: 'a head without an end', sent: 'HTTP/1.1 200 OK\r\nContent-Le' },
  { name: 'an interim response alone', sent: 'HTTP/1.1 100 Continue\r\n\r\n' },
  { name: 'no byte', sent: '' },
] as const;

const garbage = [
  'this is not HTTP\r\n\r\n',
  '\x00\x01\x02\x03\xff\xfe'.repeat(100),
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nNo colon here\r\n\r\n',
];

/** Where a response ends, and what is not a response. */
export const framingCases: readonly ConformanceCase[] = [
  ...framed.map(
    ({ name, source, request = get(), response, detects = [] }): ConformanceCase => ({
      name,
      source,
      upstreamDiffers: waits,
      detects: [untilClose, ...detects],
      run: (context) =>
        withServer(answerAndStay(response), async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server));
          assert.equal(await raw.ask('localhost', server.port, request), response);
        }),
    }),
  ),
  ...closed.map(
    ({ name, source, response }): ConformanceCase => ({
      name,
      source,
      run: (context) =>
        withServer([...answer(response), 'end'], async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server));
          assert.equal(await raw.ask('localhost', server.port, get()), response);
        }),
    }),
  ),
  {
    name: 'what follows a complete response is not given to the guest',
    source: 'RFC 9112 section 6.3: a user agent may discard remaining data',
    upstreamDiffers: waits,
    detects: [untilClose],
    run: (context) =>
      withServer([...answer(`${okResponse('one')}${okResponse('two')}`), 'end'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        assert.equal(await raw.ask('localhost', server.port, get()), okResponse('one'));
      }),
  },
  {
    name: 'a redirect is a response like any other, and is not followed',
    source: 'guest-abi section 2: the guest builds the HTTP text, the host only does TCP and TLS',
    detects: ['follows-redirects'],
    run: (context) => {
      const response = 'HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 5\r\n\r\nmoved';
      return withServer([...answer(response), 'end'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        assert.equal(await raw.ask('localhost', server.port, get()), response);
        assert.equal((await server.report()).connections, 1);
      });
    },
  },
  {
    name: 'a guest that announces its body with 100-continue gets both responses',
    source: 'RFC 9110 section 10.1.1',
    detects: ['drops-interim-responses'],
    run: (context) => {
      const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
      return withServer(
        ['read-head', { send: interim }, { pauseMs: 50 }, { send: okResponse('done') }, 'end'],
        async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server));
          const request = requestText('POST', '/', ['Expect: 100-continue', 'Content-Length: 4'], 'body');
          assert.equal(await raw.ask('localhost', server.port, request), `${interim}${okResponse('done')}`);
          const { requests } = await server.report();
          assert.deepEqual(requests, [request]);
        },
      );
    },
  },
  {
    name: 'a response that comes byte by byte is whole',
    source: 'RFC 9112 section 2.2',
    detects: ['decodes-chunks'],
    run: (context) => {
      const response =
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\nX-End: 1\r\n\r\n';
      return withServer(['read-request', { dribble: response, everyMs: 1 }, 'end'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        assert.equal(await raw.ask('localhost', server.port, get()), response);
      });
    },
  },
  {
    name: 'a response with a large head is whole',
    source: 'guest-abi section 2: everything received is stored',
    run: (context) => {
      const headers = Array.from({ length: 300 }, (_, index) => `X-Header-${index}: ${'v'.repeat(100)}`);
      const response = okResponse('hello', headers);
      return withServer([...answer(response), 'end'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        assert.equal(await raw.ask('localhost', server.port, get()), response);
      });
    },
  },
  {
    name: 'a server that ends its side right after its response is not an error',
    source: 'RFC 9112 section 9.8: an incomplete close with a complete message',
    run: (context) =>
      withServer([...answer(okResponse('hello')), 'cut'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        assert.equal(await raw.ask('localhost', server.port, get()), okResponse('hello'));
      }),
  },
  ...broken.map(
    ({ name, sent }): ConformanceCase => ({
      name: `${name} is an error`,
      source: 'RFC 9112 section 8',
      upstreamDiffers: 'the guest gets what has come, as if it were all',
      detects: [untilClose],
      run: (context) =>
        withServer([...answer(sent), 'end'], async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server));
          await assertFails(context, 'ERR_HTTPS_CONNECTION_LOST', () =>
            raw.ask('localhost', server.port, get()),
          );
          assert.equal(await raw.exports.get_rcv_len(), 0);
        }),
    }),
  ),
  {
    name: 'a server that resets the connection is an error',
    source: 'RFC 9112 section 8',
    upstreamDiffers: 'the guest gets what has come, as if it were all',
    detects: [untilClose],
    async run(context) {
      const part = 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\npart';
      for (const sent of ['', part]) {
        await withServer(['read-request', { send: sent }, 'reset'], async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server));
          await assertFails(context, 'ERR_HTTPS_CONNECTION_LOST', () =>
            raw.ask('localhost', server.port, get()),
          );
        });
      }
    },
  },
  {
    name: 'what is not HTTP is an error',
    source: 'RFC 9112 sections 4, 5, 6.3 and 7.1',
    upstreamDiffers: 'the guest gets whatever has come',
    detects: [untilClose],
    async run(context) {
      for (const sent of garbage) {
        await withServer([...answer(sent), 'end'], async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server));
          await assertFails(
            context,
            'ERR_HTTPS_MALFORMED_RESPONSE',
            () => raw.ask('localhost', server.port, get()),
            JSON.stringify(sent.slice(0, 60)),
          );
        });
      }
    },
  },
  {
    name: 'a server that speaks no TLS is an error',
    source: 'RFC 8446 section 4.1',
    async run(context) {
      for (const sent of ['garbage, not TLS\r\n', okResponse('plain text')]) {
        await withServer(['no-tls', { send: sent }, { pauseMs: 200 }, 'end'], async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server));
          await assertFails(context, 'ERR_HTTPS_TLS', () => raw.ask('localhost', server.port, get()));
          const { requests } = await server.report();
          assert.deepEqual(requests, []);
        });
      }
    },
  },
];
