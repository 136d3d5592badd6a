import { describe, expect, it } from 'vitest';
import { FaultProxy } from '../../conformance/servers/fault-proxy.js';
import { FakeServers, roadCall } from '../__fixtures__/fake-servers.js';
import { answerMessage, message, startGrpcServer } from '../__fixtures__/grpc-server.js';
import { answerJson, startHttpServer } from '../__fixtures__/http-server.js';
import { load } from '../__fixtures__/load.js';
import { ProtoReader } from '../protocol/grpc/proto-reader.js';
import { openTransport } from '../transports/open-transport.js';
import { SharedServers } from './shared-servers.js';

/** Starts a server that answers each inference with its id, and says that the model is ready. */
const protocols = {
  grpc: (onCall: () => void) =>
    startGrpcServer(({ method, message: request, stream }) => {
      if (method === 'ModelInfer') onCall();
      const answer = message((writer) => {
        if (method === 'ModelReady') writer.uint(1, 1);
        else writer.string(3, idOf(request));
      });
      answerMessage(stream, answer);
    }),
  http: (onCall: () => void) =>
    startHttpServer(({ request, body, response }) => {
      if (request.method === 'GET')
        return answerJson(response, { name: 'fake', version: '1', extensions: [] });
      onCall();
      const { id } = JSON.parse(String(body)) as { id: string };
      return answerJson(response, { model_name: 'road', id, outputs: [] });
    }),
};

function idOf(request: Buffer): string {
  const reader = new ProtoReader(request);
  while (reader.next()) {
    if (reader.field === 3) return reader.string();
    reader.skip();
  }
  return '';
}

describe.each(['grpc', 'http'] as const)('by %s', (protocol) => {
  it('10,000 calls are answered while one of two servers is cut off, is back, hangs, and is slow', async () => {
    const served = [0, 0] as [number, number];
    await using first = await protocols[protocol](() => served[0]++);
    await using second = await protocols[protocol](() => served[1]++);
    await using proxy = await FaultProxy.start(first.port);
    const addresses = [`${protocol}://${proxy.address}`, second.address];
    const options = new FakeServers().settings(addresses, { maxInFlight: 32, retries: 5 });
    const caller = new SharedServers(openTransport).use(options);
    await caller.waitForModel(roadCall());
    const shares: number[] = [];
    const result = await load(caller, 10_000, 64, (call) => {
      if (call === 2_000) proxy.fault = { requestBytes: 0, end: 'reset' };
      if (call === 2_000 || call === 6_500) proxy.endAll('reset');
      if (call === 6_000) proxy.fault = { answerBytes: 100, end: 'stall' };
      if (call === 4_000 || call === 6_500) proxy.fault = {};
      if (call === 8_000) proxy.fault = { delayMs: 1, pieceBytes: 1_000 };
      if (call % 1_000 === 0) shares.push(served[0]);
    });
    expect(result).toEqual({ wrong: 0, failures: [] });
    // Nothing came through while it was cut off.
    expect(shares[4]).toBe(shares[3]);
    // It gets calls again, if not before all were made, as on a fast machine.
    while (served[0] === shares[4]) {
      expect(await load(caller, 64, 64, () => {})).toEqual({ wrong: 0, failures: [] });
    }
    caller.close();
  });
});
