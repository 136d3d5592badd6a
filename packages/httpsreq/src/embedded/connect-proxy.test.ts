import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exchangeWith, textOf } from '../__fixtures__/exchange-with.js';
import { pemOf, startTlsServer } from '../__fixtures__/tls-server.js';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** Each tunnel that was asked for: its target and the credentials. */
  readonly asked: readonly (readonly [target: string | undefined, authorization: string | undefined])[];
}

/** A proxy on loopback that connects to this machine, whatever name it is given, or answers with a status. */
async function startProxy({ status = 200, secure = false } = {}): Promise<Proxy> {
  const asked: [string | undefined, string | undefined][] = [];
  const pem = pemOf('good');
  const server: Server = secure ? createSecureServer({ key: pem, cert: pem }) : createServer();
  server.on('connect', (request, socket) => {
    asked.push([request.url, request.headers['proxy-authorization']]);
    socket.on('error', () => {});
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const variables = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'ALL_PROXY', 'all_proxy'] as const;
const before = variables.map((name) => [name, process.env[name]] as const);
function clear() {
  for (const name of variables) delete process.env[name];
}
beforeEach(clear);
afterEach(() => {
  clear();
  for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
});

it('connects through a proxy, and TLS goes through it to the host', async () => {
  await using server = await startTlsServer((socket) => socket.write(ok));
  await using proxy = await startProxy();
  // The name is looked up by the proxy; here it would have an address that is not allowed.
  const answer = await exchangeWith({ proxy: proxy.url, allowAddresses: [] }, 'localhost', server.port);
  expect(textOf(answer)).toBe(ok);
  expect(answer.address).toBeUndefined();
  expect(proxy.asked).toEqual([[`localhost:${server.port}`, undefined]]);
  expect(server.serverNames).toEqual(['localhost']);
});

it('sends credentials as Basic (RFC 7617), to a proxy with TLS too', async () => {
  await using server = await startTlsServer((socket) => socket.write(ok));
  await using proxy = await startProxy({ secure: true });
  const url = new URL(proxy.url);
  url.username = 'Aladdin';
  url.password = 'open sesame';
  expect(textOf(await exchangeWith({ proxy: url }, 'localhost', server.port))).toBe(ok);
  // The example of RFC 7617, section 2.
  expect(proxy.asked).toEqual([[`localhost:${server.port}`, 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==']]);
  await expect(exchangeWith({ proxy: url, ca: [] }, 'localhost', server.port)).rejects.toMatchObject({
    code: 'ERR_HTTPS_PROXY',
  });
});

it('takes the proxy from the environment, except for the hosts of NO_PROXY', async () => {
  await using server = await startTlsServer((socket) => socket.write(ok));
  await using proxy = await startProxy();
  const ask = () => exchangeWith({ proxy: 'environment' }, 'localhost', server.port);
  await ask();
  expect(proxy.asked).toHaveLength(0);
  process.env.HTTPS_PROXY = proxy.url;
  await ask();
  expect(proxy.asked).toHaveLength(1);
  process.env.NO_PROXY = `other.example,localhost:${server.port}`;
  await ask();
  expect(proxy.asked).toHaveLength(1);
  clear();
  process.env.https_proxy = proxy.url;
  await ask();
  expect(proxy.asked).toHaveLength(2);
  process.env.no_proxy = '*';
  await ask();
  expect(proxy.asked).toHaveLength(2);
});

it.each(['socks5://127.0.0.1:1', 'http://', 'https://::'])(
  'does not take the proxy %s from the environment',
  async (url) => {
    process.env.HTTPS_PROXY = url;
    await expect(exchangeWith({ proxy: 'environment' }, 'localhost', 443)).rejects.toMatchObject({
      code: 'ERR_HTTPS_PROXY',
      message: expect.stringContaining('the proxy in the environment is not a URL'),
    });
  },
);

it.each([407, 403, 502])('reports what a proxy answered: %i', async (status) => {
  await using proxy = await startProxy({ status });
  await expect(exchangeWith({ proxy: proxy.url }, 'localhost', 443)).rejects.toMatchObject({
    code: 'ERR_HTTPS_PROXY',
    message: expect.stringMatching(new RegExp(`localhost:443: it responded with ${status}`)),
  });
});

it('shows no credentials when a proxy cannot be reached', async () => {
  const error = await exchangeWith({ proxy: 'http://user:secret@127.0.0.1:1' }, 'localhost', 443).catch(
    String,
  );
  expect(error).toMatch(/^ProxyError: The proxy 127\.0\.0\.1:1 did not connect/);
  expect(error).not.toContain('secret');
});

it('still asks whether the host is allowed', async () => {
  await using proxy = await startProxy();
  await expect(exchangeWith({ proxy: proxy.url }, 'evil.com', 443)).rejects.toMatchObject({
    code: 'ERR_HTTPS_HOST_NOT_ALLOWED',
  });
  expect(proxy.asked).toEqual([]);
});
