import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';

const certificates = new URL('../../conformance/certificates/', import.meta.url);

/** A certificate of the suite, with its key if it has one. */
export function pemOf(name: string): string {
  return readFileSync(new URL(`${name}.pem`, certificates), 'utf8');
}

/** A server on this thread, for requests that do not block it. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** What each connection has sent so far, as text. */
  readonly received: readonly string[];
  readonly serverNames: readonly (string | false)[];
  /** Connections, secured or not. */
  readonly connections: () => number;
  /** Connections that are open. */
  readonly open: () => Promise<number>;
}

/** Starts a TLS server on loopback; `answer` is called when the first bytes of a request have come. */
export async function startTlsServer(
  answer: (socket: TLSSocket, request: string) => void,
  {
    host = '127.0.0.1',
    certificate = 'good',
    ...options
  }: TlsOptions & { host?: string; certificate?: string } = {},
): Promise<TestServer> {
  const received: string[] = [];
  const serverNames: (string | false)[] = [];
  const sockets = new Set<TLSSocket>();
  let connections = 0;
  const pem = pemOf(certificate);
  const server = createServer({ key: pem, cert: pem, ALPNProtocols: ['http/1.1'], ...options }, (socket) => {
    const index = received.push('') - 1;
    serverNames.push((socket as { servername?: string | false }).servername ?? false);
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const isFirst = received[index] === '';
      received[index] += chunk.toString('latin1');
      if (isFirst) {
        answer(socket, received[index] ?? '');
      }
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('tlsClientError', () => {});
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received,
    serverNames,
    connections: () => connections,
    open: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}
