import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { callOptions, transportOptions } from '../../__fixtures__/call-options.js';
import {
  answerBinary,
  answerJson,
  type FakeRequest,
  startHttpServer,
} from '../../__fixtures__/http-server.js';
import { listening, rawServer } from '../../__fixtures__/raw-server.js';
import type { InferRequest } from '../../protocol/messages.js';
import { openTransport } from '../open-transport.js';

const request: InferRequest = {
  model: { name: 'm' },
  id: '1',
  parameters: {},
  inputs: [{ name: 'x', dataType: 'UINT8', shape: [1], data: Uint8Array.of(1) }],
  outputs: [],
};

/** The failure of an inference that a server answers so; undefined if it has none. */
async function failureOf(
  answer: (request: FakeRequest) => void,
  maxMessageBytes = 1_048_576,
): Promise<unknown> {
  await using server = await startHttpServer((fake) => {
    if (fake.request.url !== '/v2') answer(fake);
    else answerJson(fake.response, { extensions: ['binary_tensor_data'] });
  });
  const transport = openTransport(server.address, { ...transportOptions, maxMessageBytes });
  try {
    return await transport.infer(request, callOptions()).then(
      () => undefined,
      (error) => error,
    );
  } finally {
    transport.close();
  }
}

const malformed = (words: string) => ({ kind: 'malformed', message: expect.stringContaining(words) });

const output = (more: object) => ({ outputs: [{ name: 'y', datatype: 'UINT8', shape: [2], ...more }] });
const binary = (binary_data_size: number) => output({ parameters: { binary_data_size } });

describe('lengths that do not fit', () => {
  test.each([
    ['fewer bytes than announced', binary(2), Buffer.of(1), 'should have 2 bytes, which did not come'],
    ['more bytes than announced', binary(2), Buffer.of(1, 2, 3), '1 bytes that belong to no output'],
    ['another length than the shape', binary(3), Buffer.of(1, 2, 3), 'which is 2 bytes, but 3 came'],
    ['a negative length', binary(-1), Buffer.of(1, 2), 'should have -1 bytes'],
    ['no length', output({}), Buffer.of(1, 2), 'has no data'],
  ])('%s', async (_, json, tensor, words) => {
    expect(await failureOf(({ response }) => answerBinary(response, json, [tensor]))).toMatchObject(
      malformed(words),
    );
  });

  test.each(['0', '-1', '1e3', '999', 'x'])('Inference-Header-Content-Length: %s', async (length) => {
    const failure = await failureOf(({ response }) => {
      response.setHeader('inference-header-content-length', length);
      response.end('{"outputs":[]}');
    });
    expect(failure).toMatchObject(malformed('Inference-Header-Content-Length'));
  });
});

describe('answers that are not taken', () => {
  test('a compressed bomb', async () => {
    const failure = await failureOf(({ response }) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(Buffer.alloc(10_000_000)));
    });
    expect(failure).toMatchObject(malformed('a compressed answer, which it was not asked for'));
  });

  test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
    let visits = 0;
    await using other = await startHttpServer(({ response }) => {
      visits += 1;
      response.end();
    });
    const failure = await failureOf(({ response }) => {
      response.writeHead(status, { location: `${other.address}/v2/models/m/infer` }).end();
    });
    expect(failure).toMatchObject(malformed(`HTTP ${status}: a redirect, which is not followed`));
    expect(visits).toBe(0);
  });

  test.each([
    [400, { error: 'bad shape' }, 'invalid', 'HTTP 400: bad shape.'],
    [400, { error: 'Request for unknown model' }, 'not-found', 'unknown model'],
    [401, {}, 'forbidden', 'HTTP 401.'],
    [404, '<html>', 'not-found', 'HTTP 404.'],
    [413, { error: 'too big' }, 'too-large', 'too big'],
    [500, { detail: 'oh' }, 'failed', 'HTTP 500: oh.'],
    [503, { error: 'Exceeds maximum queue size' }, 'busy', 'queue'],
    [504, '', 'timed-out', 'HTTP 504.'],
  ])('status %i', async (status, json, kind, words) => {
    expect(await failureOf(({ response }) => answerJson(response, json, status))).toMatchObject({
      kind,
      message: expect.stringContaining(words),
    });
  });

  test('garbage', async () => {
    expect(await failureOf(({ response }) => response.end(Buffer.alloc(1000, 0xa5)))).toMatchObject(
      malformed('not the expected JSON at byte 0'),
    );
  });
});

describe('more than anybody wants', () => {
  test('a length beyond the bound', async () => {
    const failure = await failureOf(({ response }) => {
      response.setHeader('content-length', String(2 ** 40));
      response.write('{');
    });
    expect(failure).toMatchObject({ kind: 'too-large' });
  });

  test('an endless body is ended at the bound', async () => {
    let sent = 0;
    const failure = await failureOf(({ response }) => {
      const chunk = Buffer.alloc(65_536, 0x20);
      const write = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.byteLength;
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    expect(failure).toMatchObject({ kind: 'too-large' });
    // The bound, and what the system's buffers hold on both sides.
    expect(sent).toBeLessThan(16_777_216);
  });

  test('a flood of headers', async () => {
    const failure = await failureOf(({ response }) => {
      for (let index = 0; index < 100; index += 1) response.setHeader(`x-${index}`, 'y'.repeat(1000));
      response.end('{"outputs":[]}');
    });
    expect(failure).toMatchObject(malformed('more headers than are taken'));
  });

  test('metadata with a million inputs', async () => {
    const inputs = `[${'{},'.repeat(999_999)}{}]`;
    await using server = await startHttpServer(({ response }) =>
      answerJson(response, `{"inputs":${inputs}}`),
    );
    const transport = openTransport(server.address, transportOptions);
    await expect(transport.modelMetadata({ name: 'm' }, callOptions())).rejects.toMatchObject(
      malformed('more than 4096 inputs'),
    );
    transport.close();
  });

  test('a slow drip ends with the deadline', async () => {
    const controller = new AbortController();
    await using server = await startHttpServer(({ response }) => {
      let drips = 0;
      response.setHeader('content-length', '1000');
      const timer = setInterval(() => {
        response.write(' ');
        drips += 1;
        if (drips === 10) controller.abort(new Error('over'));
      }, 1);
      response.on('close', () => clearInterval(timer));
    });
    const transport = openTransport(server.address, transportOptions);
    await expect(transport.serverMetadata(callOptions({ signal: controller.signal }))).rejects.toThrow(
      'over',
    );
    transport.close();
  });
});

describe('connections that fail', () => {
  test.each([
    [
      'noise',
      (socket: Socket) => socket.once('data', () => socket.write(Buffer.alloc(10_000, 0xa5))),
      'malformed',
      'not HTTP',
    ],
    [
      'an end in the middle of an answer',
      (socket: Socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')),
      'dropped',
      'ended the connection',
    ],
    [
      'two lengths',
      (socket: Socket) =>
        socket.once('data', () =>
          socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nabc'),
        ),
      'malformed',
      'not HTTP',
    ],
  ] as const)('%s', async (_, onSocket, kind, words) => {
    const server = rawServer(onSocket);
    const transport = openTransport(`http://${await listening(server)}`, transportOptions);
    await expect(transport.isReady(callOptions())).rejects.toMatchObject({
      kind,
      message: expect.stringContaining(words),
    });
    transport.close();
    server.close();
  });

  test('a reset before the answer', async () => {
    const failure = await failureOf(({ request: { socket } }) => socket.resetAndDestroy());
    expect(failure).toMatchObject({ kind: 'dropped' });
  });

  test('nobody there', async () => {
    const server = rawServer(() => undefined);
    const address = `http://${await listening(server)}`;
    await new Promise((resolve) => server.close(resolve));
    const transport = openTransport(address, transportOptions);
    await expect(transport.isReady(callOptions())).rejects.toMatchObject({
      kind: 'unreachable',
      message: `${address} cannot be reached: nothing listens there. Start the server, or check host and port (ECONNREFUSED).`,
    });
    transport.close();
  });

  test('after it was closed, running calls are lost and new ones are refused', async () => {
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    await using server = await startHttpServer(() => begun());
    const transport = openTransport(server.address, transportOptions);
    const running = transport.isLive(callOptions());
    await hasBegun;
    transport.close();
    await expect(running).rejects.toMatchObject({ kind: 'dropped' });
    await expect(transport.isLive(callOptions())).rejects.toMatchObject({ kind: 'unreachable' });
  });
});
