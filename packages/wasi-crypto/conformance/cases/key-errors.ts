import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, none, out, room } from '../drive/guest.js';
import {
  algorithmType,
  generateKeyPair,
  hex,
  importPublicKey,
  importSecretKey,
  importSignature,
  keyEncoding,
  publicKeyOf,
  secretKeyOf,
  symmetricKey,
} from '../drive/operations.js';
import { specification } from '../drive/sources.js';
import { ecKeys } from '../vectors/ec-keys.js';

const { keyExchange, signatures, symmetric } = algorithmType;

export const keyErrorCases: readonly ConformanceCase[] = [
  {
    name: 'symmetric algorithms are none of key pairs',
    source: specification('Key pairs'),
    upstreamDiffers: 'WasmEdge answers invalid_operation',
    detects: ['symmetric-pair-is-invalid-operation'],
    async run(context) {
      const guest = await Guest.create(context);
      const bytes = Buffer.alloc(32, 1);
      for (const type of [symmetric, 65_536 + symmetric]) {
        await guest.fails('unsupported_algorithm', 'keypair_generate', type, 'AES-128-GCM', none, out);
        await guest.fails('unsupported_algorithm', 'keypair_import', type, 'AES-128-GCM', bytes, 0, out);
        await guest.fails('unsupported_algorithm', 'publickey_import', type, 'AES-128-GCM', bytes, 0, out);
        await guest.fails('unsupported_algorithm', 'secretkey_import', type, 'AES-128-GCM', bytes, 0, out);
      }
    },
  },
  {
    name: 'an encoding of key pairs that does not exist is unsupported',
    source: 'WASI-Crypto specification, "Errors": unsupported_encoding',
    upstreamDiffers: 'WasmEdge answers algorithm_failure',
    detects: ['encoding-of-pair-is-failure'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const encoding of [4, 5, 65_535]) {
        const args = [signatures, 'ECDSA_P256_SHA256', Buffer.alloc(32, 1), encoding, out] as const;
        await guest.fails('unsupported_encoding', 'keypair_import', ...args);
      }
    },
  },
  {
    name: 'RSA signatures have no DER encoding',
    source: specification('Signatures'),
    upstreamDiffers: 'WasmEdge answers not_implemented',
    detects: ['rsa-der-is-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const algorithm of ['RSA_PKCS1_2048_SHA256', 'RSA_PSS_2048_SHA256']) {
        const bytes = Buffer.alloc(256, 1);
        const signature = await importSignature(guest, algorithm, 'raw', bytes);
        await guest.fails('unsupported_encoding', 'signature_export', signature, 1, out);
        await guest.fails('unsupported_encoding', 'signature_import', algorithm, bytes, 1, out);
      }
    },
  },
  {
    name: 'secret scalars can be written as SEC 1 writes them',
    source: specification('Required encodings and key types'),
    upstreamDiffers: 'WasmEdge answers unsupported_encoding',
    detects: ['secret-key-without-sec'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [type, algorithm, { raw, point }] of [
        [signatures, 'ECDSA_P256_SHA256', ecKeys['P-256']],
        [signatures, 'ECDSA_K256_SHA256', ecKeys['K-256']],
        [signatures, 'ECDSA_P384_SHA384', ecKeys['P-384']],
        [keyExchange, 'P256-SHA256', ecKeys['P-256']],
        [keyExchange, 'P384-SHA384', ecKeys['P-384']],
      ] as const) {
        const secret = await importSecretKey(guest, type, algorithm, 'sec', hex(raw));
        const exported = await guest.output('secretkey_export', secret, keyEncoding.sec);
        assert.equal(exported.toString('hex'), raw);
        const publicKey = await guest.number('publickey_from_secretkey', secret, out);
        const computed = await guest.output('publickey_export', publicKey, keyEncoding.sec);
        assert.equal(computed.toString('hex'), point);
      }
    },
  },
  {
    name: 'a public key of X25519 that is not in canonical form does not verify',
    source: `RFC 7748 section 5; WASI-Crypto specification, publickey_verify`,
    upstreamDiffers: 'WasmEdge answers not_implemented',
    detects: ['form-of-point-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      // The base point's 9, written above the prime, and with the bit that is to be cleared.
      for (const point of [`f6${'ff'.repeat(30)}7f`, `09${'00'.repeat(30)}80`]) {
        const publicKey = await importPublicKey(guest, keyExchange, 'X25519', 'raw', hex(point));
        await guest.fails('invalid_key', 'publickey_verify', publicKey);
      }
      const base = await importPublicKey(guest, keyExchange, 'X25519', 'raw', hex(`09${'00'.repeat(31)}`));
      await guest.ok('publickey_verify', base);
    },
  },
  {
    name: 'a public and a secret key of different algorithms make no key pair',
    source: specification('Key pairs'),
    upstreamDiffers: 'WasmEdge answers invalid_key',
    detects: ['other-algorithms-pair-is-invalid-key'],
    async run(context) {
      const guest = await Guest.create(context);
      const one = await generateKeyPair(guest, signatures, 'ECDSA_P256_SHA256');
      for (const other of [
        await generateKeyPair(guest, signatures, 'ECDSA_K256_SHA256'),
        await generateKeyPair(guest, keyExchange, 'P256-SHA256'),
      ]) {
        const [publicKey, secretKey] = [await publicKeyOf(guest, one), await secretKeyOf(guest, other)];
        await guest.fails('incompatible_keys', 'keypair_from_pk_and_sk', publicKey, secretKey, out);
      }
    },
  },
  {
    name: 'keys of different algorithms do not agree',
    source: 'WASI-Crypto specification, kx_dh',
    upstreamDiffers: 'WasmEdge answers invalid_key',
    detects: ['other-algorithms-agree-as-invalid-key'],
    async run(context) {
      const guest = await Guest.create(context);
      const x25519 = await generateKeyPair(guest, keyExchange, 'X25519');
      const p256 = await generateKeyPair(guest, keyExchange, 'P256-SHA256');
      for (const [one, other] of [
        [x25519, p256],
        [p256, x25519],
      ] as const) {
        const [publicKey, secretKey] = [await publicKeyOf(guest, one), await secretKeyOf(guest, other)];
        await guest.fails('incompatible_keys', 'kx_dh', publicKey, secretKey, out);
      }
    },
  },
  {
    name: 'a key of key exchange does not sign or verify, and one of signatures does not agree',
    source: specification('Key pairs'),
    upstreamDiffers: 'WasmEdge answers invalid_handle',
    detects: ['key-purpose-unchecked', 'key-purpose-is-invalid-handle'],
    async run(context) {
      const guest = await Guest.create(context);
      const agreeing = await generateKeyPair(guest, keyExchange, 'P256-SHA256');
      const signing = await generateKeyPair(guest, signatures, 'ECDSA_P256_SHA256');
      await guest.fails('invalid_key', 'signature_state_open', agreeing, out);
      const publicKey = await publicKeyOf(guest, agreeing);
      await guest.fails('invalid_key', 'signature_verification_state_open', publicKey, out);
      const secret = await secretKeyOf(guest, signing);
      await guest.fails('invalid_key', 'kx_dh', await publicKeyOf(guest, signing), secret, out);
      await guest.fails('invalid_key', 'kx_dh', publicKey, secret, out);
      await guest.fails('invalid_key', 'kx_encapsulate', await publicKeyOf(guest, signing), out, out);
      await guest.fails('invalid_key', 'kx_decapsulate', secret, 'bytes', out);
    },
  },
  {
    name: 'a managed key for which the host has no room is an overflow',
    source: specification('Key identifiers and versions'),
    upstreamDiffers: 'WasmEdge answers not_implemented for managed keys',
    detects: ['unstored-key-is-failure'],
    async run(context) {
      const guest = await Guest.create(context, { maxStoredBytes: 3000 });
      const manager = await guest.number('secrets_manager_open', none, out);
      const key = await symmetricKey(guest, 'HMAC/SHA-256', Buffer.alloc(2000));
      await guest.fails('overflow', 'symmetric_key_store_managed', manager, key, room(16));
    },
  },
];
