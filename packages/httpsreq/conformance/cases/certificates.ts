import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { createHash, X509Certificate } from 'node:crypto';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { assertFails } from '../drive/assert-fails.js';
import { get, RawCalls } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { certificatePem } from '../servers/certificates.js';
import type { CertificateName } from '../servers/server-setup.js';
import { withServer } from '../servers/with-server.js';

const upstreamDiffers = 'certificates are not verified';
const steps = [...answer(okResponse('hello')), 'end'] as const;
const code = 'ERR_HTTPS_CERTIFICATE';

const bad: readonly { certificate: CertificateName; what: string; source: string }[] = [
  { certificate: 'expired', what: 'that has expired', source: 'RFC 5280 section 6.1.3 (a)(2)' },
  { certificate: 'not-yet-valid', what: 'that is not valid yet', source: 'RFC 5280 section 6.1.3 (a)(2)' },
  { certificate: 'wrong-name', what: 'for another name', source: 'RFC 6125 section 6' },
  { certificate: 'wrong-purpose', what: 'for clients only', source: 'RFC 5280 section 4.2.1.12' },
  { certificate: 'self-signed', what: 'that is signed by itself', source: 'RFC 5280 section 6.1' },
  { certificate: 'unknown-authority', what: 'of an unknown authority', source: 'RFC 5280 section 6.1' },
  { certificate: 'issued-by-server', what: 'that a server has issued', source: 'RFC 5280 section 6.1.4 (k)' },
];

/** Which servers are believed. */
export const certificateCases: readonly ConformanceCase[] = [
  ...bad.map(
    ({ certificate, what, source }): ConformanceCase => ({
      name: `a certificate ${what} is refused before the request is sent`,
      source,
      upstreamDiffers,
      detects: ['certificate-not-verified'],
      run: (context) =>
        withServer(
          steps,
          async (server) => {
            const raw = await RawCalls.create(context, rulesFor(server));
            await assertFails(context, code, () => raw.ask('localhost', server.port, get()));
            assert.deepEqual((await server.report()).requests, []);
          },
          { certificate },
        ),
    }),
  ),
  {
    name: 'an authority that was not given is not trusted',
    source: 'RFC 5280 section 6.1',
    upstreamDiffers,
    detects: ['certificate-not-verified'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server, { ca: [] }));
        await assertFails(context, code, () => raw.ask('localhost', server.port, get()));
        assert.deepEqual((await server.report()).requests, []);
      }),
  },
  {
    name: 'a given authority is trusted, alone too',
    source: 'RFC 5280 section 6.1',
    run: (context) =>
      withServer(steps, async (server) => {
        for (const trustSystemCertificates of [true, false]) {
          const raw = await RawCalls.create(context, rulesFor(server, { trustSystemCertificates }));
          assert.equal(await raw.ask('localhost', server.port, get()), okResponse('hello'));
        }
      }),
  },
  {
    name: 'the check of certificates can be turned off',
    source: 'guest-abi section 2: upstream accepts any certificate',
    async run(context) {
      for (const certificate of ['expired', 'self-signed', 'wrong-name'] as const) {
        await withServer(
          steps,
          async (server) => {
            const rules = rulesFor(server, { dangerouslyAcceptAnyCertificate: true });
            const raw = await RawCalls.create(context, rules);
            assert.equal(await raw.ask('localhost', server.port, get()), okResponse('hello'), certificate);
          },
          { certificate },
        );
      }
    },
  },
  {
    name: 'a pinned certificate or key is accepted, and no other',
    source:
      'RFC 7469 section 2.4: SHA-256 of the SPKI; `openssl x509 -fingerprint -sha256`: of the certificate',
    upstreamDiffers,
    detects: ['ignores-pins'],
    run: (context) =>
      withServer(steps, async (server) => {
        const right = pinsOf('good');
        const wrong = pinsOf('renewed');
        for (const pin of [...right, ...right.map(toFingerprint)]) {
          const raw = await RawCalls.create(context, rulesFor(server, { pins: [...wrong, pin] }));
          assert.equal(await raw.ask('localhost', server.port, get()), okResponse('hello'), pin);
        }
        const before = (await server.report()).requests.length;
        for (const more of [{}, { dangerouslyAcceptAnyCertificate: true }]) {
          const raw = await RawCalls.create(context, rulesFor(server, { pins: wrong, ...more }));
          await assertFails(context, code, () => raw.ask('localhost', server.port, get()));
        }
        assert.equal((await server.report()).requests.length, before);
      }),
  },
  {
    name: 'a pin does not replace the other checks',
    source: 'RFC 7469 section 2.6: pins are checked besides',
    upstreamDiffers,
    detects: ['certificate-not-verified'],
    run: (context) =>
      withServer(
        steps,
        async (server) => {
          const raw = await RawCalls.create(context, rulesFor(server, { pins: pinsOf('self-signed') }));
          await assertFails(context, code, () => raw.ask('localhost', server.port, get()));
        },
        { certificate: 'self-signed' },
      ),
  },
  {
    name: 'the server name is the host, by its length',
    source: 'RFC 6066 section 3; guest-abi section 2: the host may be followed by anything',
    upstreamDiffers: 'the server name goes on to the next NUL in the memory of the guest',
    detects: ['sni-over-read'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        await raw.ask('localhost', server.port, get());
        assert.deepEqual((await server.report()).serverNames, ['localhost']);
      }),
  },
  {
    name: 'an address is not a server name, and is looked for in the certificate',
    source: 'RFC 6066 section 3: literal addresses are not permitted; RFC 2818 section 3.1',
    upstreamDiffers: 'the address is sent as a server name',
    detects: ['certificate-not-verified'],
    async run(context) {
      const ask = (certificate: CertificateName) =>
        withServer(
          steps,
          async (server) => {
            const rules = rulesFor(server, { allowHosts: [`127.0.0.1:${server.port}`] });
            const raw = await RawCalls.create(context, rules);
            const request = get('/', [], '127.0.0.1');
            if (certificate === 'good') {
              assert.equal(await raw.ask('127.0.0.1', server.port, request), okResponse('hello'));
              assert.deepEqual((await server.report()).serverNames, ['']);
            } else {
              await assertFails(context, code, () => raw.ask('127.0.0.1', server.port, request));
            }
          },
          { certificate },
        );
      await ask('good');
      await ask('wrong-name');
    },
  },
  {
    name: 'HTTP/1.1 is agreed on with a server that has HTTP/2 too',
    source: 'RFC 7301 section 3.2; RFC 9112',
    upstreamDiffers: 'no protocol is offered',
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        await raw.ask('localhost', server.port, get());
        assert.deepEqual((await server.report()).protocols, ['http/1.1']);
      }),
  },
];

/** Pins of a server's certificate and of its key. */
function pinsOf(certificate: CertificateName): string[] {
  const x509 = new X509Certificate(certificatePem(certificate));
  const spki = x509.publicKey.export({ type: 'spki', format: 'der' });
  return [x509.raw, spki].map((bytes) => `sha256/${createHash('sha256').update(bytes).digest('base64')}`);
}

/** The same digest as OpenSSL prints it. */
function toFingerprint(pin: string): string {
  const digits = Buffer.from(pin.slice('sha256/'.length), 'base64').toString('hex').toUpperCase();
  return digits.match(/../g)?.join(':') ?? '';
}
