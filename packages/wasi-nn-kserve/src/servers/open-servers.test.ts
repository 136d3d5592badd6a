import { expect, it } from 'vitest';
import { FaultProxy } from '../../conformance/servers/fault-proxy.js';
import { FakeServers, roadCall } from '../__fixtures__/fake-servers.js';
import { answerMessage, message, startGrpcServer } from '../__fixtures__/grpc-server.js';
import { load } from '../__fixtures__/load.js';
import { ProtoReader } from '../protocol/grpc/proto-reader.js';
import { openServers } from './open-servers.js';

/** A server that answers each inference with its id, and says that it is ready. */
function startServer() {
  const served = { calls: 0 };
  const server = startGrpcServer((call) => {
    if (call.method === 'ModelReady') {
      answerMessage(
        call.stream,
        message((writer) => writer.uint(1, 1)),
      );
      return;
    }
    served.calls++;
    answerMessage(
      call.stream,
      message((writer) => writer.string(3, idOf(call.message))),
    );
  });
  return { server, served };
}

function idOf(request: Buffer): string {
  const reader = new ProtoReader(request);
  while (reader.next()) {
    if (reader.field === 3) return reader.string();
    reader.skip();
  }
  return '';
}

it('answers 10,000 calls while one of two servers is cut off, is back, hangs, and is slow', async () => {
  const [first, second] = [startServer(), startServer()];
  await using one = await first.server;
  await using other = await second.server;
  await using proxy = await FaultProxy.start(one.port);
  const { settings } = new FakeServers();
  const caller = openServers(
    settings([`grpc://${proxy.address}`, other.address], { maxInFlight: 32, retries: 5 }),
  );
  const shares: number[] = [];
  await caller.waitForModel(roadCall());
  const result = await load(caller, 10_000, 64, (call) => {
    if (call === 2_000) proxy.fault = { requestBytes: 0, end: 'reset' };
    if (call === 2_000 || call === 6_500) proxy.endAll('reset');
    if (call === 6_000) proxy.fault = { answerBytes: 100, end: 'stall' };
    if (call === 4_000 || call === 6_500) proxy.fault = {};
    if (call === 8_000) proxy.fault = { delayMs: 1, pieceBytes: 1_000 };
    if (call % 1_000 === 0) shares.push(first.served.calls);
  });
  caller.close();
  expect(result).toEqual({ wrong: 0, failures: [] });
  // Nothing came through while it was cut off, and something did after that.
  expect(shares[4]).toBe(shares[3]);
  expect(first.served.calls).toBeGreaterThan(shares[4] as number);
  expect(second.served.calls).toBeGreaterThan(2_000);
});
