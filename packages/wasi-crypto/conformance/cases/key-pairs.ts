import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { Guest, out } from '../drive/guest.js';
import {
  algorithmType,
  exportSignature,
  generateKeyPair,
  hex,
  importPublicKey,
  publicKeyOf,
  secretKeyOf,
  sign,
  verify,
} from '../drive/operations.js';
import { measured, notImplemented, specification } from '../drive/sources.js';
import { rsaKeys } from '../vectors/rsa-keys.js';

const { keyExchange, signatures } = algorithmType;

export const keyPairCases: readonly ConformanceCase[] = [
  {
    name: 'public keys of every kind are verified',
    source: specification('Public keys'),
    upstreamDiffers:
      'WasmEdge answers not_implemented for every key but RSA, and invalid_key for an imported RSA key',
    detects: ['verify-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [type, algorithm] of [
        [signatures, 'ECDSA_P256_SHA256'],
        [signatures, 'ECDSA_K256_SHA256'],
        [signatures, 'ECDSA_P384_SHA384'],
        [signatures, 'Ed25519'],
        [keyExchange, 'X25519'],
        [keyExchange, 'P256-SHA256'],
        [keyExchange, 'P384-SHA384'],
        [keyExchange, 'ML-KEM-768'],
      ] as const) {
        await guest.ok(
          'publickey_verify',
          await publicKeyOf(guest, await generateKeyPair(guest, type, algorithm)),
        );
      }
      const rsa = await importPublicKey(
        guest,
        signatures,
        'RSA_PKCS1_2048_SHA256',
        'pem',
        rsaKeys['2048'].spkiPem,
      );
      await guest.ok('publickey_verify', rsa);
    },
  },
  {
    name: 'a public key that no secret belongs to does not verify',
    source: 'RFC 7748 section 6.1; RFC 8032 section 5.1.7; points of small order',
    upstreamDiffers: 'WasmEdge answers not_implemented for every key but RSA',
    detects: ['verify-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      const one = `01${'00'.repeat(31)}`;
      for (const [type, algorithm, bytes] of [
        [keyExchange, 'X25519', '00'.repeat(32)],
        [keyExchange, 'X25519', one],
        [signatures, 'Ed25519', one],
      ] as const) {
        const publicKey = await importPublicKey(guest, type, algorithm, 'raw', hex(bytes));
        await guest.fails('invalid_key', 'publickey_verify', publicKey);
      }
    },
  },
  {
    name: 'a key pair of an RSA public key from a key pair verifies',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const pem = rsaKeys['2048'].pem;
      const pair = await guest.number('keypair_import', signatures, 'RSA_PKCS1_2048_SHA256', pem, 2, out);
      await guest.ok('publickey_verify', await publicKeyOf(guest, pair));
    },
  },
  {
    name: 'a public and a secret key that belong together make a key pair',
    source: specification('Key pairs'),
    upstreamDiffers: notImplemented,
    detects: ['pair-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [type, algorithm] of [
        [signatures, 'ECDSA_P256_SHA256'],
        [signatures, 'Ed25519'],
        [keyExchange, 'X25519'],
      ] as const) {
        const [pair, other] = (await mapInOrder([0, 1], () => generateKeyPair(guest, type, algorithm))) as [
          number,
          number,
        ];
        const publicKey = await publicKeyOf(guest, pair);
        const made = await guest.number(
          'keypair_from_pk_and_sk',
          publicKey,
          await secretKeyOf(guest, pair),
          out,
        );
        assert.deepEqual(
          await guest.output('keypair_export', made, 0),
          await guest.output('keypair_export', pair, 0),
        );
        const foreign = await secretKeyOf(guest, other);
        await guest.fails('incompatible_keys', 'keypair_from_pk_and_sk', publicKey, foreign, out);
        if (type === signatures) {
          const signature = await sign(guest, made, 'message');
          assert.equal(await verify(guest, publicKey, signature, 'message'), 0);
          assert.equal((await exportSignature(guest, signature, 'raw')).byteLength, 64);
        }
      }
    },
  },
  {
    name: 'what is no public or secret key makes no key pair',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const one = await generateKeyPair(guest, signatures, 'ECDSA_P256_SHA256');
      const two = await generateKeyPair(guest, signatures, 'ECDSA_K256_SHA256');
      const [publicKey, secretKey] = [await publicKeyOf(guest, one), await secretKeyOf(guest, two)];
      await guest.fails('invalid_handle', 'keypair_from_pk_and_sk', secretKey, publicKey, out);
      await guest.fails('invalid_handle', 'keypair_from_pk_and_sk', publicKey, 0x7704, out);
      await guest.fails('invalid_handle', 'keypair_from_pk_and_sk', 0x7703, secretKey, out);
    },
  },
];
