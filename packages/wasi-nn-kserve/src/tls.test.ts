import { defineModel, tensor } from '@wasmedge-plugins/wasi-nn';
import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { expect, test } from 'vitest';
import { certificateFile, certificatePem } from '../conformance/servers/certificates.js';
import { sharedServer } from '../conformance/servers/shared-server.js';
import { startTlsProxy } from '../conformance/servers/tls-proxy.js';
import { Triton, tritonProblem } from '../conformance/servers/triton.js';
import { kserve } from './plugin.js';
import type { TlsOptions } from './transports/transport-options.js';

const pair = defineModel({
  inputs: { a: { type: 'f32', shape: [2] }, b: { type: 'f32', shape: [2] } },
  outputs: { sum: { type: 'f32', shape: [2] } },
});
const ca = certificatePem('authority');
const good = certificatePem('good');
const stranger = certificatePem('unknown-authority');

/** What the model on a server says, or why it says nothing. */
async function ask(server: string, tls: TlsOptions | undefined): Promise<string> {
  // Where nobody can be trusted there is nothing to wait for.
  const plugin = kserve({ models: { road: { servers: [server], model: 'pair', tls, readyTimeoutMs: 0 } } });
  try {
    using session = await plugin.session({ name: 'road', model: pair });
    const { sum } = await session.runAsync({
      a: tensor('f32', [2], Float32Array.of(1, 2)),
      b: tensor('f32', [2], Float32Array.of(10, 20)),
    });
    return sum.data.join();
  } catch (error) {
    return (error as Error).message;
  }
}

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, () => {
  test('a Triton that has a certificate of the authority', async () => {
    await using triton = await Triton.start({
      models: ['pair'],
      tls: { identity: certificateFile('good') },
    });
    const server = `grpcs://${triton.grpc}`;
    expect(await ask(server, { ca })).toBe('11,22');
    expect(await ask(server, undefined)).toMatch(/certificate/);
    expect(await ask(server, { ca: stranger })).toMatch(/certificate/);
    expect(await ask(server, { ca, serverName: 'localhost' })).toBe('11,22');
    expect(await ask(server, { ca, serverName: 'other.example' })).toMatch(/is for another name/);
    expect(await ask(server.replace('grpcs', 'grpc'), undefined)).not.toBe('11,22');
  });

  test('a Triton that wants a certificate', async () => {
    const tls = { identity: certificateFile('good'), clientAuthority: certificateFile('authority') };
    await using triton = await Triton.start({ models: ['pair'], tls });
    const server = `grpcs://${triton.grpc}`;
    expect(await ask(server, { ca, cert: good, key: good })).toBe('11,22');
    expect(await ask(server, { ca })).not.toBe('11,22');
    expect(await ask(server, { ca, cert: stranger, key: stranger })).not.toBe('11,22');
  });

  const wrong = [
    ['good', /^11,22$/],
    ['expired', /CERT_HAS_EXPIRED/],
    ['not-yet-valid', /CERT_NOT_YET_VALID/],
    ['wrong-name', /ERR_TLS_CERT_ALTNAME_INVALID/],
    ['wrong-purpose', /certificate purpose/],
    ['self-signed', /DEPTH_ZERO_SELF_SIGNED_CERT/],
    ['unknown-authority', /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/],
  ] as const;
  test.each(wrong)('a server whose certificate is %s, by gRPC and HTTP', async (certificate, said) => {
    const { grpc, http } = await sharedServer('triton');
    for (const [scheme, address] of [
      ['grpcs', grpc],
      ['https', http],
    ] as const) {
      await using proxy = await startTlsProxy(Number(address.split(':')[1]), certificate);
      expect(await ask(`${scheme}://127.0.0.1:${proxy.port}`, { ca })).toMatch(said);
    }
  });
});
