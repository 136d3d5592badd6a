import { Buffer } from 'node:buffer';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { certificatePem } from './certificates.js';
import { RequestReader } from './request-reader.js';
import { type CreatedServer, patternBytes, type Step, type TlsServerSetup } from './server-setup.js';

/** Makes a server that does its steps on each connection. */
export function createTlsServer({ certificate = 'good', steps }: TlsServerSetup): CreatedServer {
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
      void new Connection(socket, socket, plain).perform(steps.slice(1));
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
      void new Connection(secure, socket, reader).perform(steps);
    });
  });
  return {
    server,
    sockets,
    report: () => ({
      connections: sockets.length,
      serverNames: secured.map((socket) => (socket as { servername?: string | false }).servername || ''),
      protocols: secured.map(({ alpnProtocol }) => alpnProtocol ?? false),
      requests: readers.flatMap(({ requests }) => requests),
    }),
  };
}

class Connection {
  readonly #stream: Socket | TLSSocket;
  readonly #socket: Socket;
  readonly #reader: RequestReader;
  /** An error ends the stream, and nothing is written any more. */
  readonly #closed: Promise<unknown>;

  /** @param stream what is written to: the socket itself, or TLS on it. */
  constructor(stream: Socket | TLSSocket, socket: Socket, reader: RequestReader) {
    this.#stream = stream;
    this.#socket = socket;
    this.#reader = reader;
    this.#closed = new Promise((resolve) => stream.once('close', resolve));
  }

  async perform(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (this.#socket.destroyed) {
        return;
      }
      await this.#performStep(step);
    }
  }

  async #performStep(step: Step): Promise<void> {
    switch (step) {
      case 'read-head':
        return this.#reader.readHead();
      case 'read-request':
        await this.#reader.readHead();
        return this.#reader.readBody();
      case 'send-digest': {
        const digest = this.#reader.digest();
        return this.#write(`HTTP/1.1 200 OK\r\nContent-Length: ${digest.length}\r\n\r\n${digest}`);
      }
      case 'end':
        this.#stream.end();
        return;
      case 'cut':
        this.#socket.end();
        return;
      case 'reset':
        this.#socket.resetAndDestroy();
        return;
      case 'no-tls':
        throw new Error('no-tls is a first step only.');
    }
    if ('send' in step) {
      return this.#write(step.send);
    }
    if ('sendPattern' in step) {
      return this.#write(patternBytes(step.sendPattern));
    }
    if ('pauseMs' in step) {
      await sleep(step.pauseMs);
      return;
    }
    for (const byte of step.dribble) {
      await sleep(step.everyMs);
      if (this.#socket.destroyed) {
        return;
      }
      await this.#write(byte);
    }
  }

  /** Comes back when the system has taken the bytes, so that a step after it cannot overtake them. */
  async #write(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    const taken = new Promise<void>((resolve) => {
      this.#stream.write(bytes, () => resolve());
    });
    await Promise.race([taken, this.#closed]);
  }
}
