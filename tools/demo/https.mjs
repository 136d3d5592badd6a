// @ts-check
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRuntime } from '@wasmedge-plugins/core';
import { httpsReqPlugin } from '@wasmedge-plugins/httpsreq';
import { packageFile } from './package-file.mjs';

const certificate = (/** @type {string} */ name) =>
  readFileSync(packageFile(`httpsreq/conformance/certificates/${name}.pem`), 'utf8');

/** @type {import('./run-guest.mjs').Demonstration[]} */
export const demonstrations = [
  {
    plugin: 'httpsreq',
    what: 'a guest asks a server on loopback',
    async run(engine) {
      const pem = certificate('good');
      const server = createServer({ key: pem, cert: pem }, (request, response) => {
        const body = `you asked for ${request.url}`;
        response.writeHead(200, { 'Content-Length': body.length }).end(body);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      const allow = { allowHosts: [`localhost:${port}`], allowAddresses: ['127.0.0.1'] };
      // The server is in this thread, so the guest is in another one.
      const runtime = await createRuntime({
        engine,
        placement: 'worker',
        plugins: [httpsReqPlugin({ ...allow, ca: certificate('authority'), proxy: 'none' })],
        wasi: { args: ['--show-body', `https://localhost:${port}/fig`], stdout: 'capture' },
      });
      try {
        await runtime.run(packageFile('httpsreq/conformance/http-req-wasi-client.wasm'));
        return Buffer.from(runtime.stdout).toString().split('body=')[1]?.trimEnd() ?? '';
      } finally {
        await runtime[Symbol.asyncDispose]();
        server.close();
      }
    },
    expected: 'you asked for /fig',
  },
];
