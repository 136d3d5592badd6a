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
  publicKeyOf,
  secretKeyOf,
} from '../drive/operations.js';
import { measured, notImplemented, specification } from '../drive/sources.js';
import { dhkemVectors, ecdhVectors, mlKemVectors, x25519Pair, x25519Vectors } from '../vectors/kx.js';

const { keyExchange } = algorithmType;

/** Points of X25519 that give no secret: of small order, and those that are the same modulo the prime. */
const smallOrderPoints = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

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
      const secret = secretKeyOf(guest, generateKeyPair(guest, keyExchange, 'X25519'));
      for (const point of smallOrderPoints) {
        const publicKey = importPublicKey(guest, keyExchange, 'X25519', 'raw', hex(point));
        guest.fails('invalid_key', 'kx_dh', publicKey, secret, out);
      }
    },
  },
  {
    name: 'keys of different algorithms do not agree',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const [x25519, p256] = ['X25519', 'P256-SHA256'].map((algorithm) =>
        generateKeyPair(guest, keyExchange, algorithm),
      ) as [number, number];
      guest.fails('invalid_key', 'kx_dh', publicKeyOf(guest, x25519), secretKeyOf(guest, p256), out);
      guest.fails('invalid_key', 'kx_dh', publicKeyOf(guest, p256), secretKeyOf(guest, x25519), out);
      const [publicKey, secretKey] = [publicKeyOf(guest, p256), secretKeyOf(guest, p256)];
      guest.fails('invalid_handle', 'kx_dh', secretKey, publicKey, out);
      guest.fails('invalid_handle', 'kx_dh', publicKey, 0x7704, out);
      guest.fails('invalid_handle', 'kx_dh', 0x7703, secretKey, out);
      assert.equal(guest.output('kx_dh', publicKey, secretKey).byteLength, 32);
    },
  },
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
    source: 'RFC 9180 section 7.1.4; FIPS 203 section 7.3',
    upstreamDiffers: notImplemented,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, length] of [
        ['X25519', 32],
        ['ML-KEM-768', 1088],
      ] as const) {
        const secret = secretKeyOf(guest, generateKeyPair(guest, keyExchange, algorithm));
        for (const wrong of [0, 1, length - 1, length + 1]) {
          guest.fails('invalid_length', 'kx_decapsulate', secret, Buffer.alloc(wrong, 9), out);
        }
      }
      const secret = secretKeyOf(guest, generateKeyPair(guest, keyExchange, 'X25519'));
      for (const point of smallOrderPoints) {
        guest.fails('invalid_key', 'kx_decapsulate', secret, hex(point), out);
        const publicKey = importPublicKey(guest, keyExchange, 'X25519', 'raw', hex(point));
        guest.fails('invalid_key', 'kx_encapsulate', publicKey, out, out);
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
      const own = importPublicKey(guest, keyExchange, algorithm, 'raw', hex(publicKey));
      assert.equal(guest.output('publickey_export', own, 0).toString('hex'), publicKey);
      const secret = importSecretKey(guest, keyExchange, algorithm, 'raw', hex(secretKey));
      assert.equal(guest.output('secretkey_export', secret, 0).toString('hex'), secretKey);
      const derived = guest.number('publickey_from_secretkey', secret, out);
      assert.equal(guest.output('publickey_export', derived, 0).toString('hex'), publicKey);
      guest.fails('invalid_operation', 'kx_dh', own, secret, out);
      const unreduced = Buffer.concat([Buffer.alloc(1152, 0xff), hex(publicKey).subarray(1152)]);
      for (const wrong of [unreduced, hex(publicKey).subarray(1), Buffer.alloc(0)]) {
        guest.fails('invalid_key', 'publickey_import', keyExchange, algorithm, wrong, 0, out);
      }
      const changed = hex(secretKey);
      // The hash of the public key inside no longer fits.
      changed.writeUInt8(changed.readUInt8(2336) ^ 1, 2336);
      for (const wrong of [changed, hex(secretKey).subarray(1), Buffer.alloc(0)]) {
        guest.fails('invalid_key', 'secretkey_import', keyExchange, algorithm, wrong, 0, out);
      }
    },
  },
];
