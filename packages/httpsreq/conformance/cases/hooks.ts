import { strict as assert } from 'node:assert';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { httpsRequestChannelName } from '../../src/embedded/channel.js';
import type { HttpsRequestEnd, HttpsRequestInfo } from '../../src/hook-options.js';
import { assertFails } from '../drive/assert-fails.js';
import { get, RawCalls } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { withServer } from '../servers/with-server.js';

const source = 'design: a hook sees each request and can refuse it';
const upstreamDiffers = 'there are no hooks';
const steps = [...answer(okResponse('hello')), 'end'] as const;

/** What the host program sees of requests. */
export const hookCases: readonly ConformanceCase[] = [
  {
    name: 'a hook sees each request and its end',
    source,
    upstreamDiffers,
    detects: ['ignores-hooks'],
    run: (context) =>
      withServer(steps, async (server) => {
        const requests: HttpsRequestInfo[] = [];
        const ends: HttpsRequestEnd[] = [];
        const raw = await RawCalls.create(
          context,
          rulesFor(server, {
            onRequest: (request) => {
              requests.push(request);
              return undefined;
            },
            onResponse: (end) => {
              ends.push(end);
            },
          }),
        );
        await raw.ask('LOCALHOST.', server.port, get('/path?query'));
        const seen = { method: 'GET', host: 'localhost', port: server.port, path: '/path?query' };
        assert.deepEqual(requests, [{ ...seen, requestBytes: get('/path?query').length }]);
        const [end, ...others] = ends;
        assert.deepEqual(others, []);
        assert.equal(end?.status, 200);
        assert.equal(end?.responseBytes, okResponse('hello').length);
        assert.equal(end?.address, '127.0.0.1');
        assert.equal(end?.errorCode, undefined);
        assert.ok((end?.durationMs ?? -1) >= 0);
      }),
  },
  {
    name: 'a request that the hook refuses is not on the network',
    source,
    upstreamDiffers,
    detects: ['ignores-hooks'],
    run: (context) =>
      withServer(steps, async (server) => {
        const thrown = new Error('not today');
        const hooks = [
          () => false,
          { module: 'data:text/javascript,export const no = async () => false;', export: 'no' },
          { module: 'data:text/javascript,', export: 'missing' },
          () => {
            throw thrown;
          },
        ];
        for (const onRequest of hooks) {
          const raw = await RawCalls.create(context, rulesFor(server, { onRequest }));
          await assertFails(context, 'ERR_HTTPS_REQUEST_REFUSED', () =>
            raw.ask('localhost', server.port, get()),
          );
        }
        assert.equal((await server.report()).connections, 0);
      }),
  },
  {
    name: 'each request is told on the diagnostics channel, refused ones too',
    source: 'design: diagnostics_channel events; node:diagnostics_channel',
    upstreamDiffers,
    run: (context) =>
      withServer(steps, async (server) => {
        if (context.placement !== 'inline') context.ignore('a channel is told where the guest runs');
        const told: unknown[] = [];
        const listener = (message: unknown) => told.push(message);
        subscribe(httpsRequestChannelName, listener);
        try {
          const raw = await RawCalls.create(context, rulesFor(server));
          await raw.ask('localhost', server.port, get());
          await assertFails(context, 'ERR_HTTPS_HOST_NOT_ALLOWED', () =>
            raw.ask('other.example', 443, get()),
          );
        } finally {
          unsubscribe(httpsRequestChannelName, listener);
        }
        const ends = told as HttpsRequestEnd[];
        assert.deepEqual(
          ends.map(({ host, status, errorCode }) => [host, status, errorCode]),
          [
            ['localhost', 200, undefined],
            ['other.example', undefined, 'ERR_HTTPS_HOST_NOT_ALLOWED'],
          ],
        );
      }),
  },
];
