import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { pemOf } from '../__fixtures__/tls-server.js';
import { secureContext } from './secure-context.js';

const authority = pemOf('authority');
const pem = pemOf('good');

async function startServer(): Promise<number> {
  const server = createServer({ key: pem, cert: pem }, (socket) => socket.on('error', () => {}).resume());
  onTestFinished(() => void server.close());
  server.on('tlsClientError', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Whether a server with a certificate of the suite's authority is trusted. */
async function trusts(port: number, ca: readonly string[], trustSystemCertificates: boolean) {
  const context = secureContext({ ca, trustSystemCertificates });
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', secureContext: context });
  try {
    await once(socket, 'secureConnect');
    return 'trusted';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.destroy();
  }
}

it('trusts an authority where it is given, and in no other context', async () => {
  const port = await startServer();
  const refused = expect.stringMatching(/^(UNABLE_TO_|SELF_SIGNED_)/);
  expect(await trusts(port, [], true)).toEqual(refused);
  expect(await trusts(port, [authority], true)).toBe('trusted');
  // Not added to what all contexts share.
  expect(await trusts(port, [], true)).toEqual(refused);
  expect(await trusts(port, [], false)).toEqual(refused);
  expect(await trusts(port, [authority], false)).toBe('trusted');
  expect(await trusts(port, [pemOf('unknown-authority'), authority], true)).toBe('trusted');
});
