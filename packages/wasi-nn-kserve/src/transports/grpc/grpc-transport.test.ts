import { getEventListeners, setMaxListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { callOptions, transportOptions } from '../../__fixtures__/call-options.js';
import {
  answerMessage,
  answerStatus,
  type FakeCall,
  message,
  startGrpcServer,
} from '../../__fixtures__/grpc-server.js';
import type { InferRequest } from '../../protocol/messages.js';
import { openTransport } from '../open-transport.js';

const request: InferRequest = {
  model: { name: 'add' },
  id: '1',
  parameters: {},
  inputs: [
    { name: 'a', dataType: 'FP32', shape: [2], data: new Uint8Array(new Float32Array([1, 2]).buffer) },
  ],
  outputs: [],
};

/** The answer of a model that doubles nothing: one output of two floats. */
const answer = message((writer) => {
  writer.string(1, 'add');
  writer.message(5, () => {
    writer.string(1, 'sum');
    writer.string(2, 'FP32');
    writer.packed(3, [2]);
  });
  writer.bytes(6, new Uint8Array(new Float32Array([3, 4]).buffer));
});

describe('calls', () => {
  test('an inference has its path, its headers and its deadline', async () => {
    const calls: FakeCall[] = [];
    await using server = await startGrpcServer((call) => {
      calls.push(call);
      answerMessage(call.stream, answer);
    });
    const transport = openTransport(server.address, transportOptions);
    const { outputs } = await transport.infer(
      request,
      callOptions({ timeoutMs: 1234.5, headers: { authorization: 'Bearer x' } }),
    );
    expect(outputs).toEqual([{ name: 'sum', dataType: 'FP32', shape: [2], data: expect.any(Uint8Array) }]);
    expect(calls[0]?.headers).toMatchObject({
      ':path': '/inference.GRPCInferenceService/ModelInfer',
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': '1235m',
      'grpc-accept-encoding': 'identity',
      authorization: 'Bearer x',
    });
    transport.close();
  });

  test('many calls share one connection, and leave nothing at their signal', async () => {
    await using server = await startGrpcServer(({ stream }) => answerMessage(stream, answer));
    const transport = openTransport(server.address, transportOptions);
    const { signal } = new AbortController();
    setMaxListeners(64, signal);
    await Promise.all(Array.from({ length: 64 }, () => transport.infer(request, callOptions({ signal }))));
    expect(server.sessions.size).toBe(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    transport.close();
  });

  test('what is asked besides inferences', async () => {
    await using server = await startGrpcServer(({ stream, method }) => {
      if (method === 'ServerReady')
        answerMessage(
          stream,
          message((writer) => writer.uint(1, 1)),
        );
      else answerMessage(stream, new Uint8Array());
    });
    const transport = openTransport(server.address, transportOptions);
    expect(await transport.isReady(callOptions())).toBe(true);
    expect(await transport.isLive(callOptions())).toBe(false);
    expect(await transport.serverMetadata(callOptions())).toEqual({ name: '', version: '', extensions: [] });
    transport.close();
  });

  test.each([
    ['small', 1000],
    ['large', 300_000],
  ])('a %s tensor in memory that threads share', async (_, byteLength) => {
    const calls: FakeCall[] = [];
    await using server = await startGrpcServer((call) => {
      calls.push(call);
      answerMessage(call.stream, answer);
    });
    const transport = openTransport(server.address, transportOptions);
    const data = new Uint8Array(new SharedArrayBuffer(byteLength)).fill(7);
    const inputs = [{ name: 'x', dataType: 'UINT8' as const, shape: [byteLength], data }];
    await transport.infer({ ...request, inputs }, callOptions());
    expect(calls[0]?.message.subarray(-byteLength).equals(Buffer.alloc(byteLength, 7))).toBe(true);
    transport.close();
  });

  test('a request larger than allowed is not sent', async () => {
    let calls = 0;
    await using server = await startGrpcServer(() => {
      calls += 1;
    });
    const transport = openTransport(server.address, { ...transportOptions, maxMessageBytes: 1024 });
    const inputs = [{ name: 'x', dataType: 'UINT8' as const, shape: [1024], data: new Uint8Array(1024) }];
    await expect(transport.infer({ ...request, inputs }, callOptions())).rejects.toMatchObject({
      kind: 'too-large',
      message: expect.stringMatching(/was not sent a request of \d+ bytes, since at most 1024 are allowed/),
    });
    expect(calls).toBe(0);
    transport.close();
  });

  test.each([
    ['Authorization', 'SECRET'],
    ['te', 'SECRET'],
    ['grpc-timeout', 'SECRET'],
    ['x-token', 'SECRET\r\nx: y'],
    [':path', 'SECRET'],
    ['', 'SECRET'],
  ])('the header "%s" is refused without its value', async (name, value) => {
    await using server = await startGrpcServer(({ stream }) => answerMessage(stream, answer));
    const transport = openTransport(server.address, transportOptions);
    const call = transport.infer(request, callOptions({ headers: { [name]: value } }));
    await expect(call).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('Change what "credentials" returns'),
    });
    await expect(call).rejects.not.toThrow('SECRET');
    transport.close();
  });

  test('an aborted call fails with the reason, and the server is told', async () => {
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let cancelled = (_code: number) => {};
    const wasCancelled = new Promise<number>((resolve) => {
      cancelled = resolve;
    });
    await using server = await startGrpcServer(({ stream }) => {
      begun();
      stream.on('close', () => cancelled(stream.rstCode));
    });
    const transport = openTransport(server.address, transportOptions);
    const controller = new AbortController();
    const call = transport.infer(request, callOptions({ signal: controller.signal }));
    await hasBegun;
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(await wasCancelled).toBe(8);
    transport.close();
  });
});

describe('failures', () => {
  test.each([
    [3, 'unexpected shape', 'invalid', 'answered INVALID_ARGUMENT: unexpected shape.'],
    [5, 'no %22x%22', 'not-found', 'answered NOT_FOUND: no "x".'],
    [8, 'Received message larger than max', 'too-large', 'RESOURCE_EXHAUSTED'],
    [8, 'out of memory', 'busy', 'RESOURCE_EXHAUSTED'],
    [14, 'Exceeds maximum queue size', 'busy', 'UNAVAILABLE'],
    // Node.js versions without an option for it drop such a text.
    [3, 'a blank at the end. ', 'invalid', 'answered INVALID_ARGUMENT'],
    [99, '', 'failed', 'answered UNKNOWN without a text that arrived.'],
  ])('status %i "%s" is %s', async (status, text, kind, words) => {
    await using server = await startGrpcServer(({ stream }) => answerStatus(stream, status, text));
    const transport = openTransport(server.address, transportOptions);
    await expect(transport.infer(request, callOptions())).rejects.toMatchObject({
      kind,
      message: expect.stringContaining(words),
    });
    transport.close();
  });
});
