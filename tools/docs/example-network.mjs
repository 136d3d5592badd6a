// @ts-check
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { repositoryRoot } from '../lib/repository.mjs';

const certificates = join(repositoryRoot, 'packages/httpsreq/conformance/certificates');

/**
 * The network of the documentation's examples: a proxy behind which every host is a server here, with a certificate for example.org.
 * @returns {Promise<{ environment: NodeJS.ProcessEnv, close: () => void }>} what makes a Node.js process use and trust it
 */
export async function startExampleNetwork() {
  const pem = readFileSync(join(certificates, 'example.pem'));
  const site = createServer((request, response) => {
    const text = `You asked ${request.headers.host} for ${request.url} by ${request.method}.\n`;
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': text.length }).end(text);
  });
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const secure = new TLSSocket(/** @type {import('node:net').Socket} */ (socket), {
      isServer: true,
      key: pem,
      cert: pem,
    });
    secure.on('error', () => socket.destroy());
    site.emit('connection', secure);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (proxy.address());
  const url = `http://127.0.0.1:${port}`;
  return {
    environment: {
      HTTPS_PROXY: url,
      https_proxy: url,
      NO_PROXY: '',
      no_proxy: '',
      NODE_EXTRA_CA_CERTS: join(certificates, 'authority.pem'),
    },
    close: () => proxy.close(),
  };
}
