import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { assertFails } from '../drive/assert-fails.js';
import { get, RawCalls, requestText } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { patternBytes, type Step } from '../servers/server-setup.js';
import { withServer } from '../servers/with-server.js';

const mebibyte = 1024 * 1024;
const bodyBytes = 10 * mebibyte;
const noTimeout = 'there is no time-out';
const noLimit = 'there is no limit';
const tooLate = 'ERR_HTTPS_TIMEOUT';
const timeoutMs = 700;
/** Servers that do not end in time. They end after all, so that a client without time-outs fails its case soon. */
const slow: readonly { name: string; steps: readonly Step[]; connecting?: true }[] = [
  { name: 'a server that never begins TLS', steps: ['no-tls', { pauseMs: 5000 }, 'reset'], connecting: true },
  {
    name: 'a server that never answers',
    steps: ['read-request', { pauseMs: 5000 }, { send: okResponse('') }, 'end'],
  },
  {
    name: 'a server that stops in the middle of its response',
    steps: [
      'read-request',
      { send: 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab' },
      { pauseMs: 5000 },
      { send: 'cd' },
      'end',
    ],
  },
  {
    name: 'a server that sends a byte now and then',
    steps: ['read-request', { dribble: okResponse('x'.repeat(20)), everyMs: 100 }, 'end'],
  },
];

/** How much, and how long. */
export const limitCases: readonly ConformanceCase[] = [
  {
    name: 'a response of 10 MiB is whole',
    source: 'guest-abi section 2: everything received is stored; the body is computed on both sides',
    run: (context) => {
      const head = `HTTP/1.1 200 OK\r\nX: 1234\r\nContent-Length: ${bodyBytes}\r\n\r\n`;
      const steps: Step[] = ['read-request', { send: head }, { sendPattern: bodyBytes }, 'end'];
      return withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        await raw.send('localhost', server.port, get());
        assert.equal(await raw.exports.get_rcv_len(), head.length + bodyBytes);
        assert.equal(await raw.exports.grow(bodyBytes / 65_536), 1);
        await raw.exports.get_rcv(0);
        assert.equal(await raw.load(0, head.length), head);
        assert.equal(await raw.exports.count_other(head.length, bodyBytes / 4), 0);
      });
    },
  },
  {
    name: 'a request of 10 MiB is whole',
    source: 'SHA-256 by node:crypto, on both sides',
    run: (context) =>
      withServer(['read-request', 'send-digest', 'end'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        assert.equal(await raw.exports.grow(bodyBytes / 65_536), 1);
        const host = await raw.store(0, 'localhost');
        const head = await raw.store(1024, requestText('PUT', '/', [`Content-Length: ${bodyBytes}`]));
        await raw.exports.store_pattern(1024 + head, bodyBytes / 4);
        await raw.exports.send_data(0, host, server.port, 1024, head + bodyBytes);
        const digest = createHash('sha256').update(patternBytes(bodyBytes)).digest('hex');
        assert.equal((await raw.response()).split('\r\n\r\n')[1], `${bodyBytes} ${digest}`);
      }),
  },
  {
    name: 'a response larger than maxResponseBytes is an error, and one as large is not',
    source: 'design: what a guest can make the host hold is bounded',
    upstreamDiffers: noLimit,
    detects: ['unbounded-response'],
    run: (context) => {
      const response = okResponse('x'.repeat(1000));
      return withServer([...answer(response), 'end'], async (server) => {
        const exact = await RawCalls.create(context, rulesFor(server, { maxResponseBytes: response.length }));
        assert.equal(await exact.ask('localhost', server.port, get()), response);
        const small = await RawCalls.create(
          context,
          rulesFor(server, { maxResponseBytes: response.length - 1 }),
        );
        await assertFails(context, 'ERR_HTTPS_RESPONSE_TOO_LARGE', () =>
          small.ask('localhost', server.port, get()),
        );
      });
    },
  },
  {
    name: 'a response without an end is an error as soon as it is too large',
    source: 'design: what a server can make the host hold is bounded',
    upstreamDiffers: noLimit,
    detects: ['unbounded-response'],
    async run(context) {
      const heads = [
        'HTTP/1.1 200 OK\r\n\r\n',
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${mebibyte.toString(16)}\r\n`,
        'HTTP/1.1 200 OK\r\nContent-Length: 9007199254740991\r\n\r\n',
        'HTTP/1.1 200 OK\r\nX-Long: ',
      ];
      for (const head of heads) {
        const steps: Step[] = [
          ...answer(head),
          { send: 'x'.repeat(mebibyte) },
          { pauseMs: 1000 },
          { send: '\r\n0\r\n\r\n' },
          'end',
        ];
        await withServer(steps, async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server, { maxResponseBytes: 100_000 }));
          await assertFails(
            context,
            'ERR_HTTPS_RESPONSE_TOO_LARGE',
            () => raw.send('localhost', server.port, get()),
            head,
          );
        });
      }
    },
  },
  {
    name: 'a request larger than maxRequestBytes is not sent',
    source: 'design: what a guest can make the host hold is bounded',
    upstreamDiffers: noLimit,
    detects: ['unbounded-request'],
    run: (context) =>
      withServer([...answer(okResponse('')), 'end'], async (server) => {
        const request = get('/', ['X-Header: 1']);
        const exact = await RawCalls.create(context, rulesFor(server, { maxRequestBytes: request.length }));
        assert.equal(await exact.ask('localhost', server.port, request), okResponse(''));
        const small = await RawCalls.create(
          context,
          rulesFor(server, { maxRequestBytes: request.length - 1 }),
        );
        await assertFails(context, 'ERR_HTTPS_REQUEST_TOO_LARGE', () =>
          small.ask('localhost', server.port, request),
        );
        assert.equal((await server.report()).connections, 1);
      }),
  },
  ...slow.map(
    ({ name, steps, connecting }): ConformanceCase => ({
      name: `${name} is left when the time is over`,
      source: 'design: no call waits for ever',
      upstreamDiffers: noTimeout,
      detects: ['no-timeout'],
      run: (context) =>
        withServer(steps, async (server) => {
          const limits = connecting ? [{ timeoutMs }, { connectTimeoutMs: timeoutMs }] : [{ timeoutMs }];
          for (const limit of limits) {
            const raw = await RawCalls.create(context, rulesFor(server, limit));
            await assertFails(context, tooLate, () => raw.ask('localhost', server.port, get()));
          }
        }),
    }),
  ),
];
