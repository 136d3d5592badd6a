import type { Plugin } from '@wasmedge-plugins/core';
import { expectTypeOf, it } from 'vitest';
import { createHttpsClient, type HttpsRequestInfo, type HttpsResponse, httpsReqPlugin } from './index.js';

it('takes typed options and gives a plug-in', () => {
  expectTypeOf(httpsReqPlugin({ allowHosts: ['example.org'], proxy: 'none' })).toEqualTypeOf<Plugin>();
  httpsReqPlugin({
    proxy: new URL('http://proxy.example:3128'),
    onRequest(request) {
      expectTypeOf(request).toEqualTypeOf<HttpsRequestInfo>();
      return request.method === 'GET';
    },
    onResponse: { module: import.meta.url, export: 'log' },
  });
  // A hook need not answer.
  httpsReqPlugin({ onRequest: () => {} });
  // @ts-expect-error a list, not one host
  httpsReqPlugin({ allowHosts: 'example.org' });
  // @ts-expect-error no such provider
  httpsReqPlugin({ provider: 'auto' });
  // Guests in another thread or process wait for it.
  httpsReqPlugin({ onRequest: async () => false });
  // @ts-expect-error a hook of the client answers at once
  createHttpsClient({ onRequest: async () => false });
  // @ts-expect-error it answers yes or no
  httpsReqPlugin({ onRequest: async () => 1 });
  // @ts-expect-error no such option
  httpsReqPlugin({ verify: false });
});

it('gives bytes, numbers and headers from the client', () => {
  const client = createHttpsClient();
  expectTypeOf(client.request).returns.toEqualTypeOf<HttpsResponse>();
  expectTypeOf(client.fetch).returns.toEqualTypeOf<Promise<HttpsResponse>>();
  expectTypeOf<HttpsResponse['body']>().toEqualTypeOf<Uint8Array>();
  // @ts-expect-error no streams
  client.request('https://example.org/', { body: new ReadableStream() });
});
