// @ts-check
// A process of its own: the example with Fastify, or the same server with handlers that do nothing. It tells how late its event loop is.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openClassifierPool } from 'image-classification/classifier-pool';
import { createServer } from 'image-classification/server';

const [kind = '', size = '', queue = ''] = process.argv.slice(2);

const nothing = async () => ({ label: '', score: 0 });
const idle = { isFull: false, inGuest: nothing, inSession: nothing, [Symbol.asyncDispose]: async () => {} };
const app = createServer(
  kind === 'nothing'
    ? idle
    : await openClassifierPool({ placement: 'process', size: Number(size), queue: Number(queue) }),
);
await app.listen({ port: 0, host: '127.0.0.1' });
const address = /** @type {import('node:net').AddressInfo} */ (app.server.address());

const delay = monitorEventLoopDelay({ resolution: 1 });
process.on('message', (message) => {
  if (message === 'begin') {
    delay.reset();
    delay.enable();
    process.send?.(0);
  } else {
    delay.disable();
    process.send?.(delay.percentile(99));
  }
});
process.once('disconnect', () => app.close());
process.send?.(address.port);
