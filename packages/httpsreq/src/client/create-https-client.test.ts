import { DisposedError, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../conformance/drive/rules.js';
import { withServer } from '../../conformance/servers/with-server.js';
import { CertificateError, HostNotAllowedError, HttpTimeoutError, RequestRefusedError } from '../errors.js';
import type { HttpsRequestEnd } from '../hook-options.js';
import { createHttpsClient, type HttpsClient, type HttpsResponse } from './create-https-client.js';

type Request = (...args: Parameters<HttpsClient['request']>) => Promise<HttpsResponse>;

const hook = new URL('../__fixtures__/hooks.mjs', import.meta.url);
const ways: [string, (client: HttpsClient) => Request][] = [
  [
    'request',
    (client) =>
      async (...args) =>
        client.request(...args),
  ],
  [
    'fetch',
    (client) =>
      (...args) =>
        client.fetch(...args),
  ],
];

describe.each(ways)('%s', (_name, ask) => {
  it('sends what it was given and takes the response apart', async () => {
    const response =
      'HTTP/1.1 201 Made It\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nh\xc3\r\n1\r\n\xa9\r\n0\r\nT: 1\r\n\r\n';
    await withServer(['read-request', { send: response }], async (server) => {
      using client = createHttpsClient(rulesFor(server));
      const { status, statusText, headers, body, text } = await ask(client)(
        `https://LOCALHOST:${server.port}/a%20b?c#d`,
        { method: 'put', headers: { 'X-One': '1', Host: 'evil.com', 'Content-Length': '99' }, body: 'é' },
      );
      expect({ status, statusText }).toEqual({ status: 201, statusText: 'Made It' });
      expect(headers.getSetCookie()).toEqual(['a', 'b']);
      expect([...body]).toEqual([0x68, 0xc3, 0xa9]);
      expect(text()).toBe('hé');
      expect((await server.report()).requests).toEqual([
        `PUT /a%20b?c HTTP/1.1\r\nHost: localhost:${server.port}\r\nConnection: close\r\nx-one: 1\r\nContent-Length: 2\r\n\r\n\xc3\xa9`,
      ]);
    });
  });

  it('refuses a body whose bytes are gone', async () => {
    const body = new Uint8Array(4);
    structuredClone(body, { transfer: [body.buffer] });
    using client = createHttpsClient();
    const asked = ask(client)('https://localhost/', { method: 'PUT', body });
    await expect(asked).rejects.toThrow(InvalidArgumentError);
    await expect(asked).rejects.toThrow(/^The body of a request is .*Uint8Array.* whose bytes are gone/);
    expect(() => createHttpsClient({ ca: ['', body] })).toThrow(
      /^The option ca\.1 of createHttpsClient\(\) is .*Uint8Array.* whose bytes are gone/,
    );
  });

  it('follows no redirect', async () => {
    const response = 'HTTP/1.1 302 Found\r\nLocation: https://localhost/\r\nContent-Length: 0\r\n\r\n';
    await withServer(['read-request', { send: response }], async (server) => {
      using client = createHttpsClient(rulesFor(server));
      expect((await ask(client)(`https://localhost:${server.port}/`)).status).toBe(302);
      expect((await server.report()).connections).toBe(1);
    });
  });

  it('follows the rules, with errors of their classes', async () => {
    await withServer(
      ['read-request'],
      async (server) => {
        const url = `https://localhost:${server.port}/`;
        using none = createHttpsClient();
        await expect(ask(none)(url)).rejects.toThrow(HostNotAllowedError);
        using strict = createHttpsClient(rulesFor(server));
        await expect(ask(strict)(url)).rejects.toThrow(CertificateError);
        using loose = createHttpsClient(
          rulesFor(server, { dangerouslyAcceptAnyCertificate: true, timeoutMs: 300 }),
        );
        await expect(ask(loose)(url)).rejects.toThrow(HttpTimeoutError);
      },
      { certificate: 'expired' },
    );
  });

  it('asks hooks, functions and exports of modules', async () => {
    const response = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
    await withServer(['read-request', { send: response }], async (server) => {
      const url = `https://localhost:${server.port}/`;
      const ends: HttpsRequestEnd[] = [];
      using seen = createHttpsClient(
        rulesFor(server, {
          onRequest: { module: hook, export: 'allowAll' },
          onResponse: (end) => void ends.push(end),
        }),
      );
      await ask(seen)(url);
      expect(ends).toMatchObject([
        { method: 'GET', path: '/', status: 200, address: '127.0.0.1', errorCode: undefined },
      ]);
      for (const name of ['refuseAll', 'fail', 'missing']) {
        using refused = createHttpsClient(rulesFor(server, { onRequest: { module: hook, export: name } }));
        await expect(ask(refused)(url)).rejects.toThrow(RequestRefusedError);
      }
      using told = createHttpsClient(rulesFor(server, { onResponse: { module: hook, export: 'fail' } }));
      await expect(ask(told)(url)).rejects.toThrow('not on Sundays: 200');
      expect((await server.report()).connections).toBe(2);
    });
  });

  it('does not take what is not a request', async () => {
    using client = createHttpsClient({ allowHosts: ['localhost'] });
    const bad: [unknown, unknown][] = [
      ['http://localhost/', {}],
      ['localhost', {}],
      [null, {}],
      ['https://localhost/', null],
      ['https://localhost/', { signal: undefined }],
      ['https://localhost/', { timeoutMs: 5 }],
      ['https://localhost/', { method: 'GET /' }],
      ['https://localhost/', { body: 5 }],
      ['https://localhost/', { headers: { 'a b': 'c' } }],
      ['https://localhost/', { headers: { a: 'b\r\nc: d' } }],
    ];
    for (const [url, init] of bad) {
      await expect(ask(client)(url as string, init as object)).rejects.toThrow(InvalidArgumentError);
    }
  });

  // As fetch(): https://fetch.spec.whatwg.org/#dom-request, "if parsedURL includes credentials, then throw a TypeError".
  it.each(['https://user:secret@localhost/', 'https://user@localhost/', 'http://:secret@localhost/'])(
    'does not drop the credentials in %s silently, and does not show them',
    async (url) => {
      using client = createHttpsClient({ allowHosts: ['localhost'] });
      const asked = ask(client)(url);
      await expect(asked).rejects.toThrow(InvalidArgumentError);
      await expect(asked).rejects.toThrow(/pass them in the header authorization/);
      await expect(asked).rejects.not.toThrow(/secret/);
    },
  );

  it('is over after disposal', async () => {
    const client = createHttpsClient({ allowHosts: ['localhost'] });
    client[Symbol.dispose]();
    await expect(ask(client)('https://localhost/')).rejects.toThrow(DisposedError);
  });
});

it('refuses options that it does not know', () => {
  const create = createHttpsClient as (options: unknown) => unknown;
  expect(() => create({ allowHost: ['localhost'] })).toThrow(
    /has no option allowHost. Did you mean allowHosts/,
  );
  expect(() => create({ provider: 'embedded' })).toThrow(InvalidArgumentError);
});

it('makes twelve requests at once without a warning of a leak', async () => {
  const warnings: string[] = [];
  const hear = ({ name }: Error) => warnings.push(name);
  process.on('warning', hear);
  using client = createHttpsClient({ allowHosts: ['localhost:9'], allowPrivateAddresses: true });
  await Promise.allSettled(Array.from({ length: 12 }, () => client.fetch('https://localhost:9/')));
  await new Promise(setImmediate); // Warnings are told on the next tick.
  process.off('warning', hear);
  expect(warnings).toEqual([]);
});

it('ends requests at disposal', async () => {
  await withServer(['read-request'], async (server) => {
    const client = createHttpsClient(rulesFor(server));
    const pending = client.fetch(`https://localhost:${server.port}/`);
    setTimeout(() => client[Symbol.dispose](), 200);
    await expect(pending).rejects.toThrow(DisposedError);
  });
});
