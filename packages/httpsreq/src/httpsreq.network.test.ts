import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRuntime, findWasmEdge } from '@wasmedge-plugins/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { suite } from '../conformance/suite.js';
import { HostNotAllowedError, httpsReqPlugin } from './index.js';

const hasWasmEdge = await findWasmEdge().then(
  () => true,
  () => false,
);
const required = (process.env.CI_REQUIRE ?? '').includes('wasmedge');

/** Threads that were started: all use of the network, look-ups of names too, is on the helper thread. */
let threads = 0;
const count = () => {
  threads += 1;
};
beforeEach(() => {
  threads = 0;
  process.on('worker', count);
});
afterEach(() => void process.off('worker', count));

// Without this limit no thread watches the guest.
const limits = { growthBytes: Infinity };

/** A server that counts who reaches it. */
async function startCounter() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    connections: () => connections,
    [Symbol.dispose]: () => void server.close(),
  };
}

describe.each(['v8', 'wasmedge'] as const)('a host that is not allowed, on engine %s', (engine) => {
  const skip = engine === 'wasmedge' && !hasWasmEdge && !required;

  it.skipIf(skip)(
    'gets nothing from a guest that opens a socket first: no connection, no look-up',
    async () => {
      using server = await startCounter();
      // `localhost` may be looked up, as it is allowed on another port; its address is not public, so it is refused then.
      const lookUps = { '127.0.0.1': 0, 'example.org': 0, localhost: 1 };
      for (const [host, expected] of Object.entries(lookUps)) {
        threads = 0;
        using runtime = await createRuntime({
          engine,
          limits,
          plugins: [httpsReqPlugin({ allowHosts: [`allowed.example:${server.port}`, 'localhost:1'] })],
          wasi: { args: [`https://${host}:${server.port}/`], stdout: 'capture' },
        });
        expect(runtime.run(new URL('http-req-wasi-client.wasm', suite.guests))).toBe(1);
        // 2 is `acces` in WASI preview 1.
        expect(Buffer.from(runtime.stdout).toString()).toContain('errno=2');
        await sleep(1);
        expect(threads).toBe(expected);
      }
      await sleep(200);
      expect(server.connections()).toBe(0);
    },
  );

  it.skipIf(skip)('gets nothing from a guest that calls the import directly', async () => {
    using server = await startCounter();
    using runtime = await createRuntime({
      engine,
      limits,
      plugins: [httpsReqPlugin({ allowHosts: ['localhost:1'] })],
    });
    const { exports, memory } = runtime.instantiate(new URL('raw-calls.wasm', suite.guests));
    threads = 0;
    const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
    memory?.writeString(1000, request);
    for (const host of ['localhost', '127.0.0.1', 'example.org', 'xn--', '']) {
      const length = memory?.writeString(0, host) ?? 0;
      expect(() => exports.send_data?.(0, length, server.port, 1000, request.length)).toThrow(
        HostNotAllowedError,
      );
    }
    await sleep(200);
    expect(threads).toBe(0);
    expect(server.connections()).toBe(0);
    // The server does see who reaches it.
    await once(connect(server.port, '127.0.0.1').resume(), 'end');
    expect(server.connections()).toBe(1);
  });
});
