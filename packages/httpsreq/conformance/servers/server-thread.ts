// A thread for the servers: a guest that waits blocks the thread that it runs in.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { createProxy } from './proxy-server.js';
import type { CreatedServer, ServerAnswer, ServerRequest, ServerSetup } from './server-setup.js';
import { createTlsServer } from './tls-server.js';

const servers = new Map<number, CreatedServer>();
/** Ports of servers that have ended, by their address. The next one takes such a port, so that many cases have the same rules. */
const freePorts = new Map<string, number[]>();

parentPort?.on('message', async (request: ServerRequest) => {
  parentPort?.postMessage(await answerTo(request));
});

async function answerTo(request: ServerRequest): Promise<ServerAnswer> {
  const { id } = request;
  if (request.kind === 'start') return start(id, request.setup);
  const created = servers.get(id) as CreatedServer;
  if (request.kind === 'stop') return stop(id, created);
  // What was sent before the question is seen before the answer: a turn of the event loop polls all sockets.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { id, report: created.report() };
}

async function start(id: number, setup: ServerSetup): Promise<ServerAnswer> {
  const created = setup.kind === 'proxy' ? createProxy(setup) : createTlsServer(setup);
  const address = setup.kind === 'tls' ? (setup.address ?? '127.0.0.1') : '127.0.0.1';
  servers.set(id, created);
  const listen = async (port: number) => {
    created.server.listen(port, address);
    await once(created.server, 'listening');
    return { id, port: (created.server.address() as AddressInfo).port };
  };
  try {
    // Somebody else may have the free port by now.
    return await listen(freePorts.get(address)?.pop() ?? 0).catch(() => listen(0));
  } catch (error) {
    return { id, failed: (error as Error).message };
  }
}

async function stop(id: number, { server, sockets }: CreatedServer): Promise<ServerAnswer> {
  servers.delete(id);
  const place = server.address() as AddressInfo | null;
  if (place !== null) {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    freePorts.set(place.address, [...(freePorts.get(place.address) ?? []), place.port]);
  }
  return { id, stopped: true };
}
