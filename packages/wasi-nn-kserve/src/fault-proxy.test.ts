import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FaultProxy } from '../conformance/servers/fault-proxy.js';

/** Gives back what it is sent. */
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
});
let proxy: FaultProxy;

beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultProxy.start((server.address() as AddressInfo).port);
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  await new Promise((resolve) => server.close(resolve));
});

/** A client of the server, through the proxy, and what it has seen. */
class Client {
  /** What has come back. */
  read = '';
  /** How the connection ended. */
  end: string | undefined;
  readonly #socket: Socket;

  constructor() {
    const [host, port] = proxy.address.split(':');
    this.#socket = connect(Number(port), host)
      .on('data', (chunk) => {
        this.read += chunk;
      })
      .on('error', (error: NodeJS.ErrnoException) => {
        this.end = error.code;
      })
      .on('close', () => {
        this.end ??= 'closed';
      });
  }

  write(text: string): this {
    this.#socket.write(text);
    return this;
  }

  /** Waits until something holds. */
  async until(holds: () => boolean): Promise<this> {
    while (!holds()) await setImmediate();
    return this;
  }
}

test('passes everything on, and a close', async () => {
  const text = 'x'.repeat(1_000_000);
  const client = new Client().write(text);
  await client.until(() => client.read.length === text.length);
  expect(client.read).toBe(text);
  proxy.endAll('cut');
  await client.until(() => client.end === 'closed');
  expect(proxy.accepted).toBe(1);
});

test.each([
  ['cut', 3, 'closed'],
  // Node.js takes a reset for an ordinary end if it comes with the last bytes.
  ['reset', 0, 'ECONNRESET'],
] as const)('ends a connection by a %s after %d bytes', async (end, answerBytes, seen) => {
  proxy.fault = { answerBytes, end };
  const answered = new Client().write('answer');
  await answered.until(() => answered.end !== undefined);
  expect([answered.read.length, answered.end]).toEqual([answerBytes, seen]);
  proxy.fault = { requestBytes: 0, end };
  const asked = new Client().write('request');
  await asked.until(() => asked.end !== undefined);
  expect([asked.read, asked.end]).toEqual(['', seen]);
});

test('says nothing more after so many bytes, until the fault is another', async () => {
  proxy.fault = { answerBytes: 3, end: 'stall' };
  const client = new Client().write('lost');
  await client.until(() => client.read === 'los');
  proxy.fault = {};
  client.write('more');
  await client.until(() => client.read === 'losmore');
});

test('delays, and cuts into pieces', async () => {
  proxy.fault = { delayMs: 5, pieceBytes: 1 };
  const started = performance.now();
  const client = new Client().write('drops');
  await client.until(() => client.read === 'drops');
  // Each byte waited on its way there and back, the last one of them 5 times before it was sent.
  expect(performance.now() - started).toBeGreaterThan(5 * 5);
});
