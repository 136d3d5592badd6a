import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { expectAnswers, runScript } from '../drive/crypto-script.js';
import { Guest, out } from '../drive/guest.js';
import {
  algorithmType,
  generateKeyPair,
  hex,
  importPublicKey,
  importSecretKey,
  secretKeyOf,
} from '../drive/operations.js';
import { notImplemented, specification } from '../drive/sources.js';
import { dhkemVectors, mlKemVectors } from '../vectors/kx.js';
import { smallOrderPoints } from '../vectors/small-order-points.js';

const { keyExchange } = algorithmType;

export const keyEncapsulationCases: readonly ConformanceCase[] = [
  {
    name: 'X25519 opens published encapsulated secrets',
    source: 'RFC 9180, test vectors of DHKEM(X25519, HKDF-SHA256)',
    upstreamDiffers: notImplemented,
    run: (context) =>
      expectAnswers(
        context,
        dhkemVectors.map(({ secretKey, publicKey, encapsulated, secret }) => ({
          operation: ['decapsulate', 'X25519', 'raw', publicKey + secretKey, encapsulated] as const,
          answer: secret,
        })),
      ),
  },
  {
    name: 'ML-KEM-768 opens published encapsulated secrets, and gives another secret for changed ones',
    source:
      'FIPS 203; known answers of pyca/cryptography-vectors, asymmetric/MLKEM, checked with OpenSSL 4.0',
    upstreamDiffers: 'WasmEdge has no ML-KEM-768: unsupported_algorithm',
    run: (context) =>
      expectAnswers(
        context,
        mlKemVectors.flatMap(
          ({ publicKey, secretKey, encapsulated, secret, otherEncapsulated, otherSecret }) => [
            {
              operation: ['decapsulate', 'ML-KEM-768', 'raw', publicKey + secretKey, encapsulated] as const,
              answer: secret,
            },
            {
              operation: [
                'decapsulate',
                'ML-KEM-768',
                'raw',
                publicKey + secretKey,
                otherEncapsulated,
              ] as const,
              answer: otherSecret,
            },
          ],
        ),
      ),
  },
  {
    name: 'what is encapsulated for a key opens with it, and is new each time',
    source: specification('Key encapsulation mechanisms'),
    upstreamDiffers: notImplemented,
    detects: ['constant-encapsulation'],
    async run(context) {
      const algorithms = ['X25519', 'ML-KEM-768', 'P256-SHA256', 'P384-SHA384'];
      const answers = await runScript(
        context,
        algorithms.map((algorithm) => ['encapsulate-new', algorithm]),
      );
      for (const answer of answers) {
        assert('ok' in answer, JSON.stringify(answer));
      }
      const [{ publicKey }] = dhkemVectors;
      const encapsulated = await runScript(context, [
        ['encapsulate', 'X25519', 'raw', publicKey],
        ['encapsulate', 'X25519', 'raw', publicKey],
      ]);
      assert.notDeepEqual(encapsulated[0], encapsulated[1]);
    },
  },
  {
    name: 'an encapsulated secret of a wrong size or without a secret is refused',
    source: `${specification('Key encapsulation mechanisms')}; RFC 9180 section 7.1.4; FIPS 203 section 7.3`,
    upstreamDiffers: notImplemented,
    detects: ['encapsulated-length-is-invalid-length'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, length] of [
        ['X25519', 32],
        ['ML-KEM-768', 1088],
      ] as const) {
        const secret = await secretKeyOf(guest, await generateKeyPair(guest, keyExchange, algorithm));
        for (const wrong of [0, 1, length - 1, length + 1]) {
          await guest.fails('verification_failed', 'kx_decapsulate', secret, Buffer.alloc(wrong, 9), out);
        }
      }
      const secret = await secretKeyOf(guest, await generateKeyPair(guest, keyExchange, 'X25519'));
      for (const point of smallOrderPoints) {
        await guest.fails('verification_failed', 'kx_decapsulate', secret, hex(point), out);
        const publicKey = await importPublicKey(guest, keyExchange, 'X25519', 'raw', hex(point));
        await guest.fails('invalid_key', 'kx_encapsulate', publicKey, out, out);
      }
    },
  },
  {
    name: 'ML-KEM-768 keys are raw, checked when they are imported, and do not agree',
    source: 'FIPS 203 sections 7.2 and 7.3',
    upstreamDiffers: 'WasmEdge has no ML-KEM-768: unsupported_algorithm',
    async run(context) {
      const guest = await Guest.create(context);
      const [{ publicKey, secretKey }] = mlKemVectors;
      const algorithm = 'ML-KEM-768';
      const own = await importPublicKey(guest, keyExchange, algorithm, 'raw', hex(publicKey));
      assert.equal((await guest.output('publickey_export', own, 0)).toString('hex'), publicKey);
      const secret = await importSecretKey(guest, keyExchange, algorithm, 'raw', hex(secretKey));
      assert.equal((await guest.output('secretkey_export', secret, 0)).toString('hex'), secretKey);
      const derived = await guest.number('publickey_from_secretkey', secret, out);
      assert.equal((await guest.output('publickey_export', derived, 0)).toString('hex'), publicKey);
      await guest.fails('invalid_operation', 'kx_dh', own, secret, out);
      const unreduced = Buffer.concat([Buffer.alloc(1152, 0xff), hex(publicKey).subarray(1152)]);
      for (const wrong of [unreduced, hex(publicKey).subarray(1), Buffer.alloc(0)]) {
        await guest.fails('invalid_key', 'publickey_import', keyExchange, algorithm, wrong, 0, out);
      }
      const changed = hex(secretKey);
      // The hash of the public key inside no longer fits.
      changed.writeUInt8(changed.readUInt8(2336) ^ 1, 2336);
      for (const wrong of [changed, hex(secretKey).subarray(1), Buffer.alloc(0)]) {
        await guest.fails('invalid_key', 'secretkey_import', keyExchange, algorithm, wrong, 0, out);
      }
    },
  },
];
