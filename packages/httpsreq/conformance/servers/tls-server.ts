import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { certificatePem } from './certificates.js';
import { RequestReader } from './request-reader.js';
import { patternBytes, type ServerReport, type Step, type TlsServerSetup } from './server-setup.js';

/** Makes a server that does its steps on each connection, and a function that tells what it has seen. */
export function createTlsServer({ certificate = 'good', steps }: TlsServerSetup): {
  server: Server;
  report: () => ServerReport;
} {
  const pem = certificatePem(certificate);
  const sockets: Socket[] = [];
  const secured: TLSSocket[] = [];
  const readers: RequestReader[] = [];
  const server = createTcpServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.push(socket);
    // A client that goes away in the middle is what some cases are about.
    socket.on('error', () => {});
    if (steps[0] === 'no-tls') {
      const plain = new RequestReader();
      readers.push(plain);
      socket.on('data', (chunk) => plain.push(chunk));
      void perform(steps.slice(1), socket, socket, plain);
      return;
    }
    const secure = new TLSSocket(socket, {
      isServer: true,
      key: pem,
      cert: pem,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const reader = new RequestReader();
    secure.on('error', () => {});
    secure.on('data', (chunk: Buffer) => reader.push(chunk));
    secure.once('secure', () => {
      secured.push(secure);
      readers.push(reader);
      void perform(steps, secure, socket, reader);
    });
  });
  return {
    server,
    report: () => ({
      connections: sockets.length,
      receivedBytes: sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
      serverNames: secured.map((socket) => (socket as { servername?: string | false }).servername || ''),
      protocols: secured.map(({ alpnProtocol }) => alpnProtocol ?? false),
      requests: readers.flatMap(({ requests }) => requests),
    }),
  };
}

async function perform(
  steps: readonly Step[],
  stream: Socket | TLSSocket,
  socket: Socket,
  reader: RequestReader,
): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) {
      return;
    }
    await performStep(step, stream, socket, reader);
  }
}

async function performStep(
  step: Step,
  stream: Socket | TLSSocket,
  socket: Socket,
  reader: RequestReader,
): Promise<void> {
  switch (step) {
    case 'read-head':
      return reader.readHead();
    case 'read-request':
      await reader.readHead();
      return reader.readBody();
    case 'send-digest': {
      const digest = reader.digest();
      return write(stream, `HTTP/1.1 200 OK\r\nContent-Length: ${digest.length}\r\n\r\n${digest}`);
    }
    case 'end':
      stream.end();
      return;
    case 'cut':
      // What was written must have left before the connection ends below TLS.
      await write(stream, '');
      socket.end();
      return;
    case 'reset':
      await write(stream, '');
      socket.resetAndDestroy();
      return;
    case 'no-tls':
      throw new Error('no-tls is a first step only.');
  }
  if ('send' in step) {
    return write(stream, step.send);
  }
  if ('sendPattern' in step) {
    return write(stream, patternBytes(step.sendPattern));
  }
  if ('pauseMs' in step) {
    await sleep(step.pauseMs);
    return;
  }
  for (const byte of step.dribble) {
    await sleep(step.everyMs);
    if (socket.destroyed) {
      return;
    }
    await write(stream, byte);
  }
}

async function write(stream: Socket | TLSSocket, data: string | Uint8Array): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  const left = new Promise<void>((resolve) => {
    stream.write(bytes, () => resolve());
  });
  // An error ends the stream, and nothing is written any more.
  await Promise.race([left, once(stream, 'close').catch(() => {})]);
}
