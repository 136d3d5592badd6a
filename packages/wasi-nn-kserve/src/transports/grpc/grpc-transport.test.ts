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
