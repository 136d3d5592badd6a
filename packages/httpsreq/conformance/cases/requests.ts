import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { assertFails } from '../drive/assert-fails.js';
import { get, RawCalls, requestText } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { ServerNotStarted, withServer } from '../servers/with-server.js';

const steps = [...answer(okResponse('hello')), 'end'] as const;

/** What is not a request, or more than one. */
const malformed = [
  '',
  'not HTTP',
  'GET / HTTP/1.1\r\nHost: localhost\r\n',
  'GET /\r\n\r\n',
  'CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  `${get('/first')}${get('/second')}`,
  requestText('POST', '/', ['Content-Length: 10'], 'short'),
  requestText('POST', '/', ['Content-Length: 2'], 'longer'),
  requestText('POST', '/', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
  requestText('POST', '/', ['Content-Length: 5', 'Content-Length: 6'], 'hello!'),
];

/** What a guest sends. */
export const requestCases: readonly ConformanceCase[] = [
  {
    name: 'a request reaches the server byte for byte',
    source: 'guest-abi section 2: the body is the complete raw request',
    detects: ['changes-request'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const body = `\0binary\xff\xfe\x80${'x'.repeat(100)}`;
        const request = requestText(
          'POST',
          '/a%20b?c=d',
          ['X-Odd:  spaces ', `content-length:${body.length}`],
          body,
        );
        assert.equal(await raw.ask('localhost', server.port, request), okResponse('hello'));
        assert.deepEqual((await server.report()).requests, [request]);
      }),
  },
  {
    name: 'a chunked request is sent as it is',
    source: 'RFC 9112 section 7.1',
    run: (context) =>
      withServer(['read-head', { pauseMs: 100 }, { send: okResponse('hello') }, 'end'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const request = requestText('POST', '/', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n0\r\n\r\n');
        assert.equal(await raw.ask('localhost', server.port, request), okResponse('hello'));
      }),
  },
  {
    name: 'what is not exactly one request is not sent',
    source: 'RFC 9112 sections 3, 6.1 and 6.3; CWE-444: request smuggling',
    upstreamDiffers: 'any bytes are sent',
    detects: ['sends-any-bytes'],
    run: (context) =>
      withServer(['no-tls', { pauseMs: 200 }, 'reset'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server, { timeoutMs: 5000 }));
        for (const request of malformed) {
          await assertFails(
            context,
            'ERR_HTTPS_MALFORMED_REQUEST',
            () => raw.ask('localhost', server.port, request),
            JSON.stringify(request),
          );
        }
        assert.equal((await server.report()).connections, 0);
      }),
  },
  {
    name: 'another host that a request names must be allowed as well',
    source: 'RFC 9112 section 3.2: which host a request is for; a server may serve several',
    upstreamDiffers: 'any bytes are sent',
    detects: ['sends-any-bytes'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const others = [
          get('/', [], 'other.example'),
          get('/', [], 'localhost@other.example'),
          get('/', ['Host: other.example']),
          get('https://other.example/'),
        ];
        for (const request of others) {
          await assertFails(
            context,
            'ERR_HTTPS_HOST_NOT_ALLOWED',
            () => raw.ask('localhost', server.port, request),
            JSON.stringify(request),
          );
        }
        assert.equal((await server.report()).connections, 0);
        const allowHosts = [`localhost:${server.port}`, `other.example:${server.port}`];
        const both = await RawCalls.create(context, rulesFor(server, { allowHosts }));
        assert.equal(await both.ask('localhost', server.port, others[0] ?? ''), okResponse('hello'));
      }),
  },
  {
    name: 'a server is reached by IPv6',
    source: 'RFC 8200; RFC 4291',
    upstreamDiffers: 'only IPv4 is used',
    async run(context) {
      const ask = () =>
        withServer(
          steps,
          async (server) => {
            const allowHosts = [`[::1]:${server.port}`];
            const raw = await RawCalls.create(context, rulesFor(server, { allowHosts, allowAddresses: [] }));
            for (const host of ['::1', '[::1]', '0:0:0:0:0:0:0:1']) {
              const request = get('/', [], `[::1]:${server.port}`);
              assert.equal(await raw.ask(host, server.port, request), okResponse('hello'), host);
            }
          },
          { address: '::1' },
        );
      await ask().catch((error) => {
        if (error instanceof ServerNotStarted) {
          context.ignore(`this machine has no IPv6: ${error.message}`, 'ipv6');
        }
        throw error;
      });
    },
  },
];
