import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MLServer } from './ml-server.js';
import type { SharedServer, SharedServerName } from './shared-server.js';
import { Triton } from './triton.js';

const start: Readonly<Record<SharedServerName, () => Promise<SharedServer & AsyncDisposable>>> = {
  triton: () => Triton.start(),
  mlserver: () => MLServer.start(),
};

/** Starts servers for all test files together, each when the first file asks for it, and ends them after the last. */
export default async function shareServers(): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<SharedServer & AsyncDisposable>>();
  const desk = createServer(async ({ url = '' }, response) => {
    const name = url.slice(1) as SharedServerName;
    try {
      const server = started.get(name) ?? start[name]();
      started.set(name, server);
      const { grpc, http } = await server;
      response.end(JSON.stringify({ grpc, http }));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  desk.listen(0, '127.0.0.1');
  await once(desk, 'listening');
  process.env.KSERVE_TEST_SERVERS = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
  return async () => {
    desk.close();
    desk.closeAllConnections();
    const servers = await Promise.allSettled(started.values());
    for (const each of servers) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]();
  };
}
