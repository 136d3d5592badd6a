import { createRuntime, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { suite } from '../conformance/suite.js';
import { httpsReqPlugin } from './plugin.js';

describe('httpsReqPlugin', () => {
  it.each([
    [null, /must be an object/],
    ['example.org', /must be an object/],
    [{ allowHost: ['example.org'] }, /has no option allowHost. Did you mean allowHosts\?/],
    [{ allowHosts: ['example.org'], pin: ['sha256/x'] }, /has no option pin. Did you mean pins\?/],
    [
      { onRequest: { module: 'file:///hook.js', export: 'x', exports: 'y' } },
      /function onRequest of httpsReqPlugin\(\) has no option exports/,
    ],
    [{ onResponse: ['file:///hook.js'] }, /onResponse must be a function/],
    [{ allowHosts: 'example.org' }, /allowHosts must be an array/],
    [{ allowHosts: [1] }, /allowHosts must be an array/],
    [{ allowHosts: ['https://example.org'] }, /allowHosts has the entry "https:\/\/example.org"/],
    [{ allowAddresses: ['localhost'] }, /allowAddresses must be/],
    [{ allowAddresses: '::1' }, /allowAddresses must be/],
    [{ allowPrivateAddresses: 1 }, /allowPrivateAddresses must be true or false/],
    [{ ca: 'no certificate' }, /ca must be certificates in PEM/],
    [
      { ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      /ca must be certificates in PEM/,
    ],
    [{ ca: [5] }, /ca must be certificates in PEM/],
    [{ trustSystemCertificates: 'yes' }, /trustSystemCertificates must be true or false/],
    [{ pins: ['abc'] }, /pins has the entry "abc"/],
    [{ pins: 'abc' }, /pins must be an array/],
    [{ dangerouslyAcceptAnyCertificate: 'yes' }, /dangerouslyAcceptAnyCertificate must be true or false/],
    [{ connectTimeoutMs: 0 }, /connectTimeoutMs must be a whole number of milliseconds from 1/],
    [{ timeoutMs: 2 ** 31 }, /timeoutMs must be a whole number/],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, /timeoutMs must be a whole number/],
    [{ maxResponseBytes: -1 }, /maxResponseBytes must be a whole number of bytes/],
    [{ maxRequestBytes: 1.5 }, /maxRequestBytes must be a whole number of bytes/],
    [{ proxy: 'proxy:3128' }, /proxy must be/],
    [{ proxy: 'socks5://proxy' }, /proxy must be/],
    [{ proxy: 5 }, /proxy must be/],
    [{ onRequest: 'hook' }, /onRequest must be a function, or \{ module, export \}/],
    [{ onRequest: { module: './hook.js', export: 'x' } }, /onRequest must be/],
    [{ onResponse: { module: 'file:///hook.js' } }, /onResponse must be/],
    [{ provider: 'auto' }, /provider must be/],
    [{ nativePath: '' }, /nativePath must be/],
  ])('refuses the options %j', (options, message) => {
    const make = httpsReqPlugin as (options: unknown) => unknown;
    expect(() => make(options)).toThrow(InvalidArgumentError);
    expect(() => make(options)).toThrow(message);
  });

  it('keeps its own copy of the list of hosts', async () => {
    const allowHosts: string[] = [];
    using runtime = await createRuntime({ plugins: [httpsReqPlugin({ allowHosts })] });
    allowHosts.push('localhost:1');
    const { exports, memory } = runtime.instantiate(new URL('raw-calls.wasm', suite.guests));
    memory?.writeString(0, 'localhost');
    expect(() => exports.send_data?.(0, 9, 1, 0, 0)).toThrow('"localhost:1" is not allowed');
  });

  it('asks for the native plug-in by the names that WasmEdge released it under', () => {
    expect(httpsReqPlugin({ provider: 'native', nativePath: '/p.so' })).toMatchObject({
      name: 'wasmedge_httpsreq',
      provider: 'native',
      moduleNames: ['wasmedge_httpsreq', 'httpsreq'],
      native: { fileName: 'wasmedgePluginHttpsReq', path: '/p.so', options: {} },
    });
  });

  it('shows no request in a trace', async () => {
    const lines: string[] = [];
    using runtime = await createRuntime({
      plugins: [httpsReqPlugin()],
      trace: (event) => lines.push(`${event.function} ${event.arguments.join()} ${event.error}`),
    });
    const { exports } = runtime.instantiate(new URL('raw-calls.wasm', suite.guests));
    expect(() => exports.send_data?.(1, 2, 3, 4, 5)).toThrow();
    expect(lines).toEqual(['wasmedge_httpsreq_send_data 1,2,3,, HostNotAllowedError']);
  });
});
