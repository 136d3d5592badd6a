import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { expectAnswers, runScript } from '../drive/crypto-script.js';
import { Guest, out } from '../drive/guest.js';
import {
  algorithmType,
  generateKeyPair,
  hex,
  importPublicKey,
  publicKeyOf,
  secretKeyOf,
} from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';
import { ecdhVectors, x25519Pair, x25519Vectors } from '../vectors/kx.js';
import { smallOrderPoints } from '../vectors/small-order-points.js';

const { keyExchange } = algorithmType;

export const keyExchangeCases: readonly ConformanceCase[] = [
  {
    name: 'X25519 agrees on published secrets',
    source: 'RFC 7748 sections 5.2 and 6.1',
    detects: ['secret-is-hashed'],
    run: (context) =>
      expectAnswers(context, [
        ...x25519Vectors.map(({ scalar, point, secret }) => ({
          operation: ['agree', 'X25519', 'raw', point, scalar] as const,
          answer: secret,
        })),
        ...[0, 1].map((one) => ({
          operation: [
            'agree',
            'X25519',
            'raw',
            x25519Pair.publicKeys[one] ?? '',
            x25519Pair.secretKeys[1 - one] ?? '',
          ] as const,
          answer: x25519Pair.secret,
        })),
      ]),
  },
  {
    name: 'P-256 agrees on published secrets',
    source: 'RFC 5903 section 8.1',
    detects: ['secret-is-hashed'],
    async run(context) {
      const { scalars, points, secret } = ecdhVectors['P256-SHA256'];
      await expectAnswers(context, [
        { operation: ['agree', 'P256-SHA256', 'sec', points[0], scalars[1]], answer: secret },
        { operation: ['agree', 'P256-SHA256', 'sec', points[1], scalars[0]], answer: secret },
      ]);
    },
  },
  {
    name: 'P-384 agrees on published secrets of 48 bytes',
    source: 'RFC 5903 section 8.2',
    upstreamDiffers: 'WasmEdge takes no raw keys of P-384, and gives 32 bytes of its secrets',
    detects: ['p384-raw-sizes', 'secret-is-hashed'],
    async run(context) {
      const { scalars, points, secret } = ecdhVectors['P384-SHA384'];
      await expectAnswers(context, [
        { operation: ['agree', 'P384-SHA384', 'sec', points[0], scalars[1]], answer: secret },
        { operation: ['agree', 'P384-SHA384', 'sec', points[1], scalars[0]], answer: secret },
      ]);
    },
  },
  {
    name: 'new key pairs agree, each on another secret',
    source: specification('Diffie-Hellman based key agreement'),
    detects: ['constant-key-pairs'],
    async run(context) {
      const answers = await runScript(context, [
        ['agree-new', 'X25519'],
        ['agree-new', 'X25519'],
        ['agree-new', 'P256-SHA256'],
        ['agree-new', 'P256-SHA256'],
      ]);
      const secrets = answers.map((answer) => ('ok' in answer ? answer.ok : answer.error));
      assert(secrets.every((secret) => /^[0-9a-f]{64}$/.test(secret)));
      assert.equal(new Set(secrets).size, 4);
    },
  },
  {
    name: 'a public key of X25519 that gives no secret is refused when it is used',
    source: 'RFC 7748 section 6.1; measured: WasmEdge 0.14.1',
    detects: ['small-order-agrees'],
    async run(context) {
      const guest = await Guest.create(context);
      const secret = await secretKeyOf(guest, await generateKeyPair(guest, keyExchange, 'X25519'));
      for (const point of smallOrderPoints) {
        const publicKey = await importPublicKey(guest, keyExchange, 'X25519', 'raw', hex(point));
        await guest.fails('invalid_key', 'kx_dh', publicKey, secret, out);
      }
    },
  },
  {
    name: 'a public and a secret key agree, in this order',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const p256 = await generateKeyPair(guest, keyExchange, 'P256-SHA256');
      const [publicKey, secretKey] = [await publicKeyOf(guest, p256), await secretKeyOf(guest, p256)];
      await guest.fails('invalid_handle', 'kx_dh', secretKey, publicKey, out);
      await guest.fails('invalid_handle', 'kx_dh', publicKey, 0x7704, out);
      await guest.fails('invalid_handle', 'kx_dh', 0x7703, secretKey, out);
      assert.equal((await guest.output('kx_dh', publicKey, secretKey)).byteLength, 32);
    },
  },
];
