// @ts-check
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';

const certificates = join(repositoryRoot, 'packages/httpsreq/conformance/certificates');

/**
 * The network of the documentation's examples: a proxy behind which every host is a server here, with a certificate for example.org.
 * `environment` makes a Node.js process use and trust it.
 */
export async function startExampleNetwork() {
  const pem = readFileSync(join(certificates, 'example.pem'));
  const site = createSecureServer({ key: pem, cert: pem }, (request, response) => {
    const text = `You asked ${request.headers.host} for ${request.url} by ${request.method}.\n`;
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': text.length }).end(text);
  });
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    site.emit('connection', socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (proxy.address());
  const url = `http://127.0.0.1:${port}`;
  const trust = { NODE_EXTRA_CA_CERTS: join(certificates, 'authority.pem') };
  return {
    environment: { HTTPS_PROXY: url, https_proxy: url, NO_PROXY: '', no_proxy: '', ...trust },
    close: () => proxy.close(),
  };
}
