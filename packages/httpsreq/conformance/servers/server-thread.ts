// A thread of its own for each server: a guest that waits blocks the thread that it runs in.
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { createProxy } from './proxy-server.js';
import type { ServerSetup } from './server-setup.js';
import { createTlsServer } from './tls-server.js';

const setup = workerData as ServerSetup;
const { server, report } = setup.kind === 'proxy' ? createProxy(setup) : createTlsServer(setup);
const address = setup.kind === 'tls' ? (setup.address ?? '127.0.0.1') : '127.0.0.1';

server.once('error', ({ message }) => {
  parentPort?.postMessage({ failed: message });
});
server.listen(0, address, () => {
  parentPort?.postMessage({ port: (server.address() as AddressInfo).port });
});
parentPort?.on('message', () => {
  // What was sent before the question is seen before the answer: a turn of the event loop polls all sockets.
  setImmediate(() => setImmediate(() => parentPort?.postMessage(report())));
});
