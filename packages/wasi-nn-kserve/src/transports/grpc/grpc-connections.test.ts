import { createServer, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { FaultProxy } from '../../../conformance/servers/fault-proxy.js';
import { callOptions, transportOptions } from '../../__fixtures__/call-options.js';
import { answerMessage, startGrpcServer } from '../../__fixtures__/grpc-server.js';
import { RemoteFailure } from '../remote-failure.js';
import { parseServerAddress } from '../server-address.js';
import { GrpcTransport } from './grpc-transport.js';

const empty = new Uint8Array();

/** A promise that the test settles. */
function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Sockets that keep the process alive. */
const activeSockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

test('a server that takes one call on a connection gets more connections', async () => {
  const waiting: ServerHttp2Stream[] = [];
  let calls = 0;
  await using server = await startGrpcServer(
    ({ stream }) => {
      waiting.push(stream);
      calls += 1;
      if (calls >= 3) for (const each of waiting.splice(0)) answerMessage(each, empty);
    },
    { settings: { maxConcurrentStreams: 1 } },
  );
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions);
  await Promise.all([1, 2, 3].map(() => transport.isLive(callOptions())));
  expect(server.sessions.size).toBe(3);
  await transport.isLive(callOptions());
  expect(server.sessions.size).toBe(3);
  transport.close();
});

test('a server that takes no calls at all is busy', async () => {
  await using server = await startGrpcServer(() => undefined, { settings: { maxConcurrentStreams: 0 } });
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions);
  await expect(transport.isLive(callOptions())).rejects.toMatchObject({ kind: 'busy' });
  transport.close();
});

test('a connection that the server is leaving ends its calls, and takes no new ones', async () => {
  const used: (Http2Session | undefined)[] = [];
  const first = deferred<ServerHttp2Stream>();
  await using server = await startGrpcServer(({ stream }) => {
    used.push(stream.session);
    if (used.length > 1) answerMessage(stream, empty);
    else first.resolve(stream);
  });
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions);
  const running = transport.isLive(callOptions());
  const stream = await first.promise;
  stream.session?.goaway(0, stream.id);
  // The ping comes back behind the news.
  await new Promise((resolve) => stream.session?.ping(resolve));
  await transport.isLive(callOptions());
  expect(used[1]).not.toBe(used[0]);
  answerMessage(stream, empty);
  expect(await running).toBe(false);
  transport.close();
});

test('a server that ends each connection at once is not tried for ever', async () => {
  let connections = 0;
  const leaving = createServer();
  leaving.on('session', (session) => {
    connections += 1;
    session.on('error', () => undefined);
    session.goaway(0, 0);
    session.close();
  });
  await new Promise<void>((resolve) => leaving.listen(0, '127.0.0.1', resolve));
  const address = `grpc://127.0.0.1:${(leaving.address() as AddressInfo).port}`;
  const transport = new GrpcTransport(parseServerAddress(address), transportOptions);
  await expect(transport.isLive(callOptions())).rejects.toBeInstanceOf(RemoteFailure);
  expect(connections).toBeLessThanOrEqual(3);
  transport.close();
  leaving.close();
});

test('a lost connection is made again with the next call', async () => {
  await using server = await startGrpcServer(({ stream }) => answerMessage(stream, empty));
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions);
  await transport.isLive(callOptions());
  const [session] = server.sessions;
  session?.destroy();
  // The first call may still be sent on the old one.
  await transport.isLive(callOptions()).catch(() => undefined);
  expect(await transport.isLive(callOptions())).toBe(false);
  transport.close();
});

test('connections on which the server takes no more calls are not kept', async () => {
  let calls = 0;
  await using server = await startGrpcServer(
    ({ stream }) => {
      calls += 1;
      // Before the answer, so that the client has it first.
      stream.session?.settings({ maxConcurrentStreams: 0 }, () => answerMessage(stream, empty));
    },
    { settings: { maxConcurrentStreams: 1 } },
  );
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions);
  for (let call = 1; call <= 5; call += 1) {
    await transport.isLive(callOptions());
    expect(calls).toBe(call);
  }
  await expect.poll(() => server.sessions.size).toBe(1);
  transport.close();
});

test('a connection without calls does not keep the process alive', async () => {
  const call = deferred<ServerHttp2Stream>();
  await using server = await startGrpcServer(({ stream }) => call.resolve(stream));
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions);
  const running = transport.isLive(callOptions());
  const stream = await call.promise;
  const during = activeSockets();
  answerMessage(stream, empty);
  await running;
  expect(activeSockets()).toBe(during - 1);
  transport.close();
});

test('a server that has gone silent is noticed by a ping', async () => {
  await using server = await startGrpcServer(({ stream }) => answerMessage(stream, empty));
  await using proxy = await FaultProxy.start(server.port);
  const times = { silenceMs: 20, answerMs: 20, pauseMs: 1000 };
  const address = parseServerAddress(`grpc://${proxy.address}`);
  const transport = new GrpcTransport(address, transportOptions, times);
  await transport.isLive(callOptions());
  proxy.fault = { answerBytes: 0, end: 'stall' };
  await expect(transport.isLive(callOptions())).rejects.toMatchObject({
    kind: 'dropped',
    message: expect.stringContaining('did not answer a ping within 20 ms'),
  });
  transport.close();
});

test('a server that is only slow answers pings, and keeps its connection', async () => {
  let pings = 0;
  await using server = await startGrpcServer(({ stream }) => {
    stream.session?.on('ping', () => {
      pings += 1;
      if (pings === 1) setTimeout(() => answerMessage(stream, empty), 500);
    });
  });
  const times = { silenceMs: 10, answerMs: 100, pauseMs: 1_000_000 };
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions, times);
  expect(await transport.isLive(callOptions())).toBe(false);
  transport.close();
});

test('after it was closed, running calls are lost and new ones are refused', async () => {
  const call = deferred<void>();
  await using server = await startGrpcServer(() => call.resolve());
  const transport = new GrpcTransport(parseServerAddress(server.address), transportOptions);
  const running = transport.isLive(callOptions());
  await call.promise;
  transport.close();
  await expect(running).rejects.toMatchObject({ kind: 'dropped' });
  await expect(transport.isLive(callOptions())).rejects.toMatchObject({ kind: 'unreachable' });
});
