import { readFileSync } from 'node:fs';
import { elsewhereTests } from '@wasmedge-plugins/conformance/vitest';
import { createRuntime, packPlugins, UnsupportedByPlacementError } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { suite } from '../conformance/suite.js';
import { RequestRefusedError } from './errors.js';
import { httpsReqPlugin } from './plugin.js';

const pem = readFileSync(new URL('certificates/authority.pem', suite.guests));
const hooks = new URL('./__fixtures__/elsewhere-hooks.mjs', import.meta.url);
const host = 'allowed.example';
const request = `GET /asked HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

await elsewhereTests(suite, { providers: ['embedded'] }, () => [
  {
    name: 'with all of its options',
    plugins: [
      httpsReqPlugin({
        allowHosts: [`${host}:*`],
        allowAddresses: ['127.0.0.0/8'],
        allowPrivateAddresses: false,
        ca: [pem, pem.toString()],
        trustSystemCertificates: false,
        pins: ['ab'.repeat(32)],
        dangerouslyAcceptAnyCertificate: false,
        connectTimeoutMs: 1000,
        timeoutMs: 2000,
        maxResponseBytes: 3000,
        maxRequestBytes: 4000,
        proxy: new URL('http://user:word@127.0.0.1:9'),
        onRequest: { module: hooks, export: 'refuse' },
        onResponse: { module: hooks.href, export: 'seen' },
      }),
    ],
    guest: new URL('raw-calls.wasm', suite.guests),
    text: `${host}${request}other.example`,
    calls: [
      ['send_data', 0, host.length, 8443, host.length, request.length],
      ['send_data', host.length + request.length, 13, 443, host.length, request.length],
    ],
    expected: {
      done: [
        expect.stringMatching(/^RequestRefusedError: .*the hook saw \/asked/),
        expect.stringMatching(/^HostNotAllowedError: .*other\.example/),
      ],
    },
  },
]);

it('does not cross with a function as an option', () => {
  const plugins = [httpsReqPlugin({ onRequest: () => true })];
  expect(() => packPlugins({ plugins })).toThrow(/onRequest of httpsReqPlugin\(\) is a function/);
});

it.each(['worker', 'process'] as const)(
  'has guests in placement %s wait for hooks that are functions here',
  async (placement) => {
    const seen: unknown[] = [];
    await using runtime = await createRuntime({
      placement,
      plugins: [
        httpsReqPlugin({
          allowHosts: [`${host}:*`],
          onRequest: async ({ method, path }) => {
            seen.push(await Promise.resolve(`${method} ${path}`));
            return false;
          },
          onResponse: ({ errorCode }) => seen.push(errorCode),
        }),
      ],
    });
    const guest = await runtime.instantiate(new URL('raw-calls.wasm', suite.guests));
    await guest.writeMemory(0, Buffer.from(host + request));
    const sent = guest.exports.send_data?.(0, host.length, 8443, host.length, request.length);
    await expect(sent).rejects.toSatisfy(RequestRefusedError.isInstance);
    expect(seen).toEqual(['GET /asked', 'ERR_HTTPS_REQUEST_REFUSED']);
  },
);

it('inline refuses a hook that it cannot wait for', async () => {
  const plugins = [httpsReqPlugin({ onRequest: async () => true })];
  await expect(createRuntime({ plugins })).rejects.toSatisfy(UnsupportedByPlacementError.isInstance);
});
