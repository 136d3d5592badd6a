import { X509Certificate } from 'node:crypto';
import type { TlsOptions as ServerTls } from 'node:tls';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, test } from 'vitest';
import { certificatePem } from '../../conformance/servers/certificates.js';
import { callOptions, transportOptions } from '../__fixtures__/call-options.js';
import { answerMessage, startGrpcServer } from '../__fixtures__/grpc-server.js';
import { startHttpServer } from '../__fixtures__/http-server.js';
import { openTransport } from './open-transport.js';
import type { TlsOptions } from './transport-options.js';

const ca = certificatePem('authority');

const serverTls = (name: Parameters<typeof certificatePem>[0]): ServerTls => ({
  key: certificatePem(name),
  cert: certificatePem(name),
});

/** Starts a server with TLS that says that it is ready. */
function startServer(protocol: 'grpc' | 'http', tls: ServerTls) {
  return protocol === 'grpc'
    ? startGrpcServer(({ stream }) => answerMessage(stream, Buffer.of(8, 1)), { tls })
    : startHttpServer(({ response }) => response.end(), tls);
}

/** Whether a server with TLS is ready, or why that cannot be known. */
async function ask(address: string, tls: TlsOptions): Promise<boolean | Error> {
  const transport = openTransport(address, { ...transportOptions, tls });
  try {
    return await transport.isReady(callOptions()).catch((error) => error);
  } finally {
    transport.close();
  }
}

describe.each(['grpc', 'http'] as const)('%s', (protocol) => {
  test('a server with an authority of its own', async () => {
    await using server = await startServer(protocol, serverTls('good'));
    expect(await ask(server.address, { ca })).toBe(true);
    expect(await ask(server.address.replace('127.0.0.1', 'localhost'), { ca })).toBe(true);
  });

  test.each([
    ['good', {}, 'is not known here'],
    ['expired', { ca }, 'has expired. Renew it on the server (CERT_HAS_EXPIRED)'],
    ['not-yet-valid', { ca }, 'is not valid yet'],
    ['self-signed', { ca }, 'self-signed. Give it as "ca"'],
    ['unknown-authority', { ca }, 'is not known here'],
    ['wrong-name', { ca }, 'is for another name'],
    ['good', { ca, serverName: 'example.com' }, 'give it as "serverName" of "tls"'],
  ] as const)('a certificate that is not accepted: %s %j', async (name, tls, words) => {
    await using server = await startServer(protocol, serverTls(name));
    expect(await ask(server.address, tls)).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining(words),
    });
  });

  test('a name other than that of the address is sent, and checked', async () => {
    const names: string[] = [];
    await using server = await startServer(protocol, {
      ...serverTls('good'),
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    expect(await ask(server.address, { ca, serverName: 'localhost' })).toBe(true);
    expect(names).toEqual(['localhost']);
  });

  test('a server that wants to know the client', async () => {
    await using server = await startServer(protocol, {
      ...serverTls('good'),
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const pem = certificatePem('good');
    expect(await ask(server.address, { ca, cert: pem, key: pem })).toBe(true);
    expect(await ask(server.address, { ca })).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('wants a certificate of the client. Give "cert" and "key" of "tls"'),
    });
    const stranger = certificatePem('unknown-authority');
    // Node's own servers end the connection without telling why.
    expect(await ask(server.address, { ca, cert: stranger, key: stranger })).toMatchObject({
      kind: protocol === 'grpc' ? 'unreachable' : 'dropped',
    });
  });

  test('a server with TLS 1.1 only', async () => {
    await using server = await startServer(protocol, {
      ...serverTls('good'),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect(await ask(server.address, { ca })).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('TLS older than 1.2'),
    });
  });

  test('TLS where there is none, and the other way round', async () => {
    await using plain =
      protocol === 'grpc'
        ? await startGrpcServer(({ stream }) => answerMessage(stream, Buffer.of(8, 1)))
        : await startHttpServer(({ response }) => response.end());
    expect(await ask(plain.address.replace('://', 's://'), { ca })).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('does not speak TLS there'),
    });
    await using secure = await startServer(protocol, serverTls('good'));
    expect(await ask(secure.address.replace('s://', '://'), {})).toBeInstanceOf(Error);
  });
});

test('certificates that cannot be read are refused before there is a connection', () => {
  const open = (tls: TlsOptions) => () => openTransport('grpcs://host:1', { ...transportOptions, tls });
  expect(open({ ca: 'no PEM' })).toThrow(InvalidArgumentError);
  expect(open({ cert: certificatePem('good') })).toThrow('"cert" and "key" of "tls" belong together');
  expect(open({ cert: 'x', key: 'y' })).toThrow('cannot be read');
  expect(open({ ca: new X509Certificate(ca).toString() })).not.toThrow();
});
