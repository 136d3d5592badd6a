// @ts-check
// A process of its own: an HTTPS server on loopback that answers /<n> with n bytes, and ends with its parent.
import { createServer } from 'node:https';

const [pem = ''] = process.argv.slice(2);

/** @type {Map<number, Buffer>} */
const bodies = new Map();

const server = createServer({ key: pem, cert: pem }, ({ url = '' }, response) => {
  const length = Number(url.slice(1));
  const body = bodies.get(length) ?? Buffer.alloc(length, 'x');
  bodies.set(length, body);
  response.setHeader('Content-Length', length);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.send?.(address.port);
});
process.once('disconnect', () => process.exit());
