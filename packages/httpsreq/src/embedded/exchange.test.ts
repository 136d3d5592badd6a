import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exchangeWith, textOf } from '../__fixtures__/exchange-with.js';
import { pemOf, startTlsServer } from '../__fixtures__/tls-server.js';

const noIpv6 = !Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

// Names under `.example` (RFC 2606) have the addresses that a test gives them; others are looked up.
const { addresses, lookUps } = vi.hoisted(() => ({
  addresses: new Map<string, string[]>(),
  lookUps: [] as string[],
}));
vi.mock('node:dns/promises', async (original) => {
  const real = await original<typeof import('node:dns/promises')>();
  return {
    ...real,
    async lookup(name: string, options: { all: true }) {
      lookUps.push(name);
      return addresses.get(name)?.map((address) => ({ address, family: 4 })) ?? real.lookup(name, options);
    },
  };
});
beforeEach(() => {
  addresses.clear();
  lookUps.length = 0;
});

describe('a request', () => {
  it('is sent byte by byte, and the raw response comes back while the server keeps the connection', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok));
    const request =
      'POST /a?b HTTP/1.1\r\nHost: localhost\r\nX-Odd:   v \r\nContent-Length: 3\r\n\r\n\0\xff\n';
    const answer = await exchangeWith({}, 'localhost', server.port, request);
    expect(textOf(answer)).toBe(ok);
    expect(answer).toMatchObject({ status: 200, responseBytes: ok.length, head: undefined });
    expect(server.received).toEqual([request]);
    await vi.waitFor(async () => expect(await server.open()).toBe(0), 10_000);
  });

  it('tells the server the name of the host, but no address (RFC 6066, section 3)', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok));
    await exchangeWith({}, 'LOCALHOST.', server.port);
    await exchangeWith({}, '127.0.0.1', server.port);
    expect(server.serverNames).toEqual(['localhost', false]);
  });

  it.skipIf(noIpv6)('goes over IPv6 (skipped where this machine has no ::1)', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok), { host: '::1' });
    expect(textOf(await exchangeWith({}, '[::1]', server.port))).toBe(ok);
  });
});

describe('addresses', () => {
  it('are tried in order until one answers, and never looked up again', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok), { certificate: 'wrong-name' });
    addresses.set('other.example', ['127.0.0.3', '127.0.0.2', '127.0.0.1']);
    const answer = await exchangeWith({}, 'other.example', server.port);
    expect(answer.address).toBe('127.0.0.1');
    expect(lookUps).toEqual(['other.example']);
  });

  it('are left out when they are not public, whatever the name', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok));
    addresses.set('inside.example', ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1']);
    await expect(exchangeWith({ allowAddresses: [] }, 'inside.example', server.port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_ADDRESS_NOT_ALLOWED',
      message: expect.stringMatching(/inside\.example has the address 127\.0\.0\.1, 10\.0\.0\.1/),
    });
    await expect(exchangeWith({ allowAddresses: [] }, 'localhost', server.port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_ADDRESS_NOT_ALLOWED',
    });
    await sleep(100);
    expect(server.connections()).toBe(0);
  });

  it('that the list of hosts names need no other permission', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok));
    expect(textOf(await exchangeWith({ allowAddresses: [] }, '127.0.0.1', server.port))).toBe(ok);
  });

  it('of which none answers are all named by the error', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    await once(free, 'close');
    addresses.set('down.example', ['127.0.0.1', '127.0.0.2']);
    await expect(exchangeWith({}, 'down.example', port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_CONNECT',
      message: expect.stringContaining(`127.0.0.1:${port}, 127.0.0.2:${port}`),
      cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }] },
    });
  });

  it.skipIf(noIpv6)('of localhost are those of loopback, without a look-up (RFC 6761)', async () => {
    await using four = await startTlsServer((socket) => socket.write(ok));
    await using six = await startTlsServer((socket) => socket.write(ok), { host: '::1' });
    expect((await exchangeWith({}, 'localhost', four.port)).address).toBe('127.0.0.1');
    expect((await exchangeWith({}, 'localhost', six.port)).address).toBe('::1');
    expect(lookUps).toEqual([]);
  });

  it('that are not there', async () => {
    addresses.set('nowhere.example', []);
    await expect(exchangeWith({}, 'nowhere.example', 443)).rejects.toMatchObject({
      code: 'ERR_HTTPS_HOST_NOT_FOUND',
    });
  });
});

describe('certificates', () => {
  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['unknown-authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['wrong-purpose', 'INVALID_PURPOSE'],
    ['issued-by-server', 'INVALID_(CA|PURPOSE)'],
  ])('that are %s are refused before anything is sent', async (certificate, code) => {
    await using server = await startTlsServer((socket) => socket.write(ok), { certificate });
    await expect(exchangeWith({}, 'localhost', server.port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_CERTIFICATE',
      cause: { code: expect.stringMatching(code) },
    });
    await vi.waitFor(async () => expect(await server.open()).toBe(0), 10_000);
    expect(server.received.join('')).toBe('');
    expect(
      textOf(await exchangeWith({ dangerouslyAcceptAnyCertificate: true }, 'localhost', server.port)),
    ).toBe(ok);
  });

  it('are refused when only the authorities of Node.js are trusted', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok));
    const rules = { ca: [], trustSystemCertificates: true };
    await expect(exchangeWith(rules, 'localhost', server.port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_CERTIFICATE',
    });
    const both = { ca: pemOf('authority'), trustSystemCertificates: true };
    expect(textOf(await exchangeWith(both, 'localhost', server.port))).toBe(ok);
  });

  it('must be pinned ones where there are pins', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok));
    const other = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const { X509Certificate, createHash } = await import('node:crypto');
    const certificate = new X509Certificate(pemOf('good'));
    const spki = createHash('sha256').update(certificate.publicKey.export({ type: 'spki', format: 'der' }));
    for (const pin of [certificate.fingerprint256, `sha256/${spki.digest('base64')}`]) {
      expect(textOf(await exchangeWith({ pins: [other, pin] }, 'localhost', server.port))).toBe(ok);
    }
    for (const dangerouslyAcceptAnyCertificate of [false, true]) {
      const rules = { pins: [other], dangerouslyAcceptAnyCertificate };
      await expect(exchangeWith(rules, 'localhost', server.port)).rejects.toMatchObject({
        code: 'ERR_HTTPS_CERTIFICATE',
        message: expect.stringContaining('pinned'),
      });
    }
    expect(server.received.filter((text) => text !== '')).toHaveLength(2);
  });

  it('come with TLS 1.2 or later', async () => {
    await using server = await startTlsServer((socket) => socket.write(ok), {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await expect(exchangeWith({}, 'localhost', server.port)).rejects.toMatchObject({ code: 'ERR_HTTPS_TLS' });
  });
});

describe('limits', () => {
  it('end a request whose response does not come', async () => {
    await using server = await startTlsServer(() => {});
    await expect(exchangeWith({ timeoutMs: 300 }, 'localhost', server.port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_TIMEOUT',
      message: expect.stringContaining('timeoutMs'),
    });
    await vi.waitFor(async () => expect(await server.open()).toBe(0), 10_000);
  });

  it('end a response that comes byte by byte', async () => {
    await using server = await startTlsServer((socket) => {
      const timer = setInterval(() => socket.write('H'), 20);
      socket.once('close', () => clearInterval(timer));
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
    });
    await expect(exchangeWith({ timeoutMs: 500 }, 'localhost', server.port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_TIMEOUT',
    });
  });

  it('end a connection whose handshake does not come', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    await expect(exchangeWith({ connectTimeoutMs: 300 }, '127.0.0.1', port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_TIMEOUT',
      message: expect.stringContaining('connectTimeoutMs'),
    });
    silent.close();
    await once(silent, 'close');
  });

  it('end a response that is too large, and its connection', async () => {
    await using server = await startTlsServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n${'x'.repeat(5_000_000)}`);
    });
    await expect(
      exchangeWith({ maxResponseBytes: 1_000_000 }, 'localhost', server.port),
    ).rejects.toMatchObject({
      code: 'ERR_HTTPS_RESPONSE_TOO_LARGE',
    });
    await vi.waitFor(async () => expect(await server.open()).toBe(0), 10_000);
    expect((await exchangeWith({ maxResponseBytes: 6_000_000 }, 'localhost', server.port)).status).toBe(200);
  });

  it('end it when the caller does', async () => {
    await using server = await startTlsServer(() => {});
    const abort = new AbortController();
    const pending = exchangeWith({}, 'localhost', server.port, undefined, abort.signal);
    setTimeout(() => abort.abort(new Error('stop')), 200);
    await expect(pending).rejects.toThrow('stop');
  });
});

describe('a response', () => {
  it.each([
    ['that is cut', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi', 'ERR_HTTPS_CONNECTION_LOST'],
    [
      'whose chunks are cut',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi',
      'ERR_HTTPS_CONNECTION_LOST',
    ],
    ['whose head is cut', 'HTTP/1.1 200 OK\r\nConte', 'ERR_HTTPS_CONNECTION_LOST'],
    ['that is none', '', 'ERR_HTTPS_CONNECTION_LOST'],
    ['that is garbage', '\x16\x03\x01 garbage', 'ERR_HTTPS_MALFORMED_RESPONSE'],
    ['of HTTP/2', 'HTTP/2 200 OK\r\n\r\n', 'ERR_HTTPS_MALFORMED_RESPONSE'],
    [
      'with two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nhi',
      'ERR_HTTPS_MALFORMED_RESPONSE',
    ],
    [
      'with a bad chunk',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'ERR_HTTPS_MALFORMED_RESPONSE',
    ],
  ])('%s is a typed error', async (_what, response, code) => {
    await using server = await startTlsServer((socket) => socket.end(response, 'latin1'));
    await expect(exchangeWith({}, 'localhost', server.port)).rejects.toMatchObject({ code });
  });

  it('that ends with the connection is whole', async () => {
    await using server = await startTlsServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nall of it'));
    expect(textOf(await exchangeWith({}, 'localhost', server.port))).toBe('HTTP/1.0 200 OK\r\n\r\nall of it');
  });

  it('is lost when the connection is reset', async () => {
    await using server = await startTlsServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\npart', () =>
        setTimeout(
          () =>
            (socket as unknown as { _parent: { resetAndDestroy(): void } })._parent?.resetAndDestroy?.() ??
            socket.destroy(),
          50,
        ),
      );
    });
    await expect(exchangeWith({}, 'localhost', server.port)).rejects.toMatchObject({
      code: 'ERR_HTTPS_CONNECTION_LOST',
    });
  });
});
