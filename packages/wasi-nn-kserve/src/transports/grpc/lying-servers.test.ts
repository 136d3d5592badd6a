import { createServer } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { callOptions, transportOptions } from '../../__fixtures__/call-options.js';
import {
  answerBytes,
  answerMessage,
  type FakeCall,
  frame,
  message,
  startGrpcServer,
} from '../../__fixtures__/grpc-server.js';
import { listening, rawServer } from '../../__fixtures__/raw-server.js';
import { openTransport } from '../open-transport.js';

const ready = message((writer) => writer.uint(1, 1));

/** The failure of a call that a server answers so; undefined if it has none. */
async function failureOf(answer: (call: FakeCall) => void, maxMessageBytes = 1_048_576): Promise<unknown> {
  await using server = await startGrpcServer(answer);
  const transport = openTransport(server.address, { ...transportOptions, maxMessageBytes });
  try {
    return await transport.isReady(callOptions()).then(
      () => undefined,
      (error) => error,
    );
  } finally {
    transport.close();
  }
}

const malformed = (words: string) => ({ kind: 'malformed', message: expect.stringContaining(words) });

/** A bomb: a mebibyte of zeros in a kibibyte. */
const bomb = frame(gzipSync(Buffer.alloc(1_048_576)));
bomb[0] = 1;

describe('answers that are not one message', () => {
  test.each([
    ['compressed', bomb, malformed('a compressed answer, which it was not asked for')],
    ['two messages', Buffer.concat([frame(ready), frame(ready)]), malformed('more than one message')],
    [
      'bytes behind the message',
      Buffer.concat([frame(ready), Buffer.of(0)]),
      malformed('more than one message'),
    ],
    ['no message', Buffer.alloc(0), malformed('sent no message')],
    ['half a length', Buffer.of(0, 0), malformed('ends within its message')],
    ['half a message', frame(ready).subarray(0, 6), malformed('ends within its message')],
    ['garbage', frame(Buffer.from('ffffff', 'hex')), malformed('ends within a field')],
    ['too large', Buffer.of(0, 0, 16, 0, 1), { kind: 'too-large' }],
    ['far too large', Buffer.of(0, 255, 255, 255, 255), { kind: 'too-large' }],
  ])('%s', async (_, bytes, failure) => {
    expect(await failureOf(({ stream }) => answerBytes(stream, bytes))).toMatchObject(failure);
  });
});

describe('answers without a status', () => {
  const headersOnly = (headers: OutgoingHttpHeaders) => (call: FakeCall) =>
    call.stream.respond(headers, { endStream: true });

  test.each([
    ['none', { ':status': 200, 'content-type': 'application/grpc' }, 'malformed'],
    ['another content', { ':status': 200, 'content-type': 'text/html' }, 'malformed'],
    ['no such page', { ':status': 404 }, 'unsupported'],
    ['not allowed', { ':status': 403 }, 'forbidden'],
    ['no room', { ':status': 503 }, 'busy'],
    ['an error', { ':status': 500 }, 'failed'],
    ['elsewhere', { ':status': 302, location: 'http://127.0.0.1:1/' }, 'malformed'],
    ['no number', { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': 'x' }, 'malformed'],
  ])('%s', async (_, headers, kind) => {
    expect(await failureOf(headersOnly(headers))).toMatchObject({ kind });
  });

  test('nothing at all: the server goes down, so that the call may be made elsewhere', async () => {
    expect(await failureOf(({ stream }) => stream.close())).toMatchObject({ kind: 'dropped' });
  });

  test('a message, and then nothing', async () => {
    const failure = await failureOf(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
      stream.end(frame(ready));
    });
    expect(failure).toMatchObject(malformed('without a gRPC status'));
  });

  test.each([
    ['REFUSED_STREAM', 7, 'busy'],
    ['INTERNAL_ERROR', 2, 'dropped'],
    ['CANCEL', 8, 'dropped'],
  ])('a reset with %s', async (_, code, kind) => {
    expect(await failureOf(({ stream }) => stream.close(code))).toMatchObject({ kind });
  });

  test('a lost connection', async () => {
    expect(await failureOf(({ stream }) => stream.close())).toMatchObject({ kind: 'dropped' });
  });
});

describe('more than anybody wants', () => {
  test('an endless body is ended at its first bytes', async () => {
    let sent = 0;
    const failure = await failureOf(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
      stream.write(Buffer.of(0, 64, 0, 0, 0));
      const chunk = Buffer.alloc(65_536);
      const write = () => {
        while (!stream.destroyed && stream.write(chunk)) sent += chunk.byteLength;
        if (!stream.destroyed) stream.once('drain', write);
      };
      write();
    });
    expect(failure).toMatchObject({ kind: 'too-large' });
    // No more than the window that it had from the start.
    expect(sent).toBeLessThan(33_554_432);
  });

  test('a message that never comes costs no memory', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const controller = new AbortController();
    await using server = await startGrpcServer(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
      stream.write(Buffer.of(0, 63, 255, 255, 255, 1));
    });
    const transport = openTransport(server.address, { ...transportOptions, maxMessageBytes: 2 ** 31 - 1 });
    const infer = transport.infer(
      { model: { name: 'm' }, id: '', parameters: {}, inputs: [], outputs: [] },
      callOptions({ signal: controller.signal }),
    );
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
      if (peak > 4_000_000) controller.abort(new Error('enough'));
    }, 1);
    await expect(infer).rejects.toThrow('enough');
    clearInterval(watch);
    expect(peak).toBeLessThan(16_777_216);
    transport.close();
  });

  test.each(['headers', 'trailers'])('a flood of %s', async (where) => {
    const flood = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x-${index}`, 'y']));
    const failure = await failureOf(({ stream }) => {
      const start = { ':status': 200, 'content-type': 'application/grpc' };
      stream.respond(where === 'headers' ? { ...start, ...flood } : start, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', ...flood }));
      stream.end(frame(ready));
    });
    expect(failure).toMatchObject(malformed('more headers than are taken'));
  });

  test('metadata with a million inputs', async () => {
    const inputs = Buffer.concat(Array.from({ length: 1_000_000 }, () => Buffer.of(0x22, 0)));
    await using server = await startGrpcServer(({ stream }) => answerMessage(stream, inputs));
    const transport = openTransport(server.address, transportOptions);
    await expect(transport.modelMetadata({ name: 'm' }, callOptions())).rejects.toMatchObject(
      malformed('more than 4096 inputs'),
    );
    transport.close();
  });

  test('a text without an end is cut', async () => {
    const failure = await failureOf(({ stream }) =>
      answerBytes(stream, Buffer.alloc(0), {
        'grpc-status': '3',
        'grpc-message': `a${'%1b'.repeat(10_000)}b`,
      }),
    );
    expect(failure).toMatchObject({ kind: 'invalid' });
    expect((failure as Error).message.length).toBeLessThan(3000);
    expect((failure as Error).message).not.toContain('\x1b');
  });

  test('a slow drip ends with the deadline', async () => {
    const controller = new AbortController();
    let drips = 0;
    let timer: NodeJS.Timeout | undefined;
    await using server = await startGrpcServer(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
      stream.write(Buffer.of(0, 0, 1, 0, 0));
      timer = setInterval(() => {
        stream.write(Buffer.of(0));
        drips += 1;
        if (drips === 10) controller.abort(new Error('over'));
      }, 1);
      stream.on('close', () => clearInterval(timer));
    });
    const transport = openTransport(server.address, transportOptions);
    await expect(transport.isReady(callOptions({ signal: controller.signal }))).rejects.toThrow('over');
    transport.close();
  });
});

describe('what is not gRPC at all', () => {
  test.each([
    [
      'a server of HTTP/1.1',
      () => createServer((_, response) => response.end('hello')),
      'does not speak HTTP/2',
    ],
    ['noise', () => rawServer((socket) => socket.write(Buffer.alloc(10_000, 0xa5))), 'does not speak HTTP/2'],
    ['an end', () => rawServer((socket) => socket.destroy()), 'ended the connection at once. Check the port'],
  ] as const)('%s', async (_, start, words) => {
    const server = start();
    const transport = openTransport(`grpc://${await listening(server)}`, transportOptions);
    await expect(transport.isReady(callOptions())).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining(words),
    });
    transport.close();
    server.close();
  });

  test('a server that never says anything', async () => {
    const sockets: Socket[] = [];
    const server = rawServer((socket) => sockets.push(socket));
    const transport = openTransport(`grpc://${await listening(server)}`, {
      ...transportOptions,
      connectTimeoutMs: 50,
    });
    await expect(transport.isReady(callOptions())).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('no connection within 50 ms'),
    });
    transport.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test('nobody there', async () => {
    const server = rawServer(() => undefined);
    const address = `grpc://${await listening(server)}`;
    await new Promise((resolve) => server.close(resolve));
    const transport = openTransport(address, transportOptions);
    await expect(transport.isReady(callOptions())).rejects.toMatchObject({
      kind: 'unreachable',
      message: `${address} cannot be reached: nothing listens there. Start the server, or check host and port (ECONNREFUSED).`,
    });
  });
});
