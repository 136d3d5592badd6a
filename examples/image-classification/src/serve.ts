// node dist/serve.js [--placement worker|process] [--size n] [--queue n] [--port n]
import { parseArgs } from 'node:util';
import { openClassifierPool } from './classifier-pool.js';
import { createServer } from './server.js';

const { values } = parseArgs({
  options: {
    placement: { type: 'string', default: 'process' },
    size: { type: 'string', default: '2' },
    queue: { type: 'string', default: '100' },
    port: { type: 'string', default: '8080' },
  },
});
try {
  const { placement, size, queue, port } = values;
  const classifier = await openClassifierPool({
    placement: placement as 'worker' | 'process',
    size: Number(size),
    queue: Number(queue),
  });
  const app = createServer(classifier);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => app.close());
  console.log(`Listening on ${await app.listen({ port: Number(port) })}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
