import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, none, out } from '../drive/guest.js';
import {
  algorithmType,
  generateKeyPair,
  hex,
  importKeyPair,
  importPublicKey,
  keyEncoding,
  keyPairEncoding,
  publicKeyOf,
  secretKeyOf,
} from '../drive/operations.js';
import { measured } from '../drive/sources.js';
import { ecKeys } from '../vectors/ec-keys.js';
import { rsaKeys } from '../vectors/rsa-keys.js';

const { keyExchange, signatures } = algorithmType;

export const algorithmNameCases: readonly ConformanceCase[] = [
  {
    name: 'an encoding that a kind of key does not have is refused',
    source: measured,
    detects: ['wrong-error-of-encoding'],
    async run(context) {
      const guest = await Guest.create(context);
      const bytes = Buffer.alloc(32, 1);
      for (const [type, algorithm, pairs, publicKeys, secrets] of [
        [signatures, 'ECDSA_P256_SHA256', [3], [0, 4], [4]],
        [keyExchange, 'P256-SHA256', [3], [0, 4], [4]],
        [signatures, 'Ed25519', [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4]],
        [keyExchange, 'X25519', [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4]],
      ] as const) {
        const pair = await generateKeyPair(guest, type, algorithm);
        const publicKey = await publicKeyOf(guest, pair);
        const secret = await secretKeyOf(guest, pair);
        for (const encoding of pairs) {
          await guest.fails('unsupported_encoding', 'keypair_export', pair, encoding, out);
          await guest.fails('unsupported_encoding', 'keypair_import', type, algorithm, bytes, encoding, out);
        }
        for (const encoding of [...publicKeys, 5, 65_535]) {
          await guest.fails('unsupported_encoding', 'publickey_export', publicKey, encoding, out);
          await guest.fails(
            'unsupported_encoding',
            'publickey_import',
            type,
            algorithm,
            bytes,
            encoding,
            out,
          );
        }
        for (const encoding of [...secrets, 5, 65_535]) {
          await guest.fails('unsupported_encoding', 'secretkey_export', secret, encoding, out);
          await guest.fails(
            'unsupported_encoding',
            'secretkey_import',
            type,
            algorithm,
            bytes,
            encoding,
            out,
          );
        }
        for (const encoding of [4, 5, 65_535]) {
          await guest.fails('unsupported_encoding', 'keypair_export', pair, encoding, out);
        }
        await guest.ok('keypair_export', pair, 65_536, out);
      }
    },
  },
  {
    name: 'RSA keys have no raw and no SEC form',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const algorithm = 'RSA_PKCS1_2048_SHA256';
      const pair = await importKeyPair(guest, signatures, algorithm, 'pem', rsaKeys['2048'].pem);
      for (const encoding of [keyEncoding.raw, keyEncoding.sec]) {
        await guest.fails(
          'unsupported_encoding',
          'publickey_export',
          await publicKeyOf(guest, pair),
          encoding,
          out,
        );
        await guest.fails(
          'unsupported_encoding',
          'secretkey_export',
          await secretKeyOf(guest, pair),
          encoding,
          out,
        );
      }
      await guest.fails('unsupported_encoding', 'keypair_export', pair, keyPairEncoding.raw, out);
    },
  },
  {
    name: 'a key is only for an algorithm that its family and size fit',
    source: measured,
    detects: ['key-size-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const { pem, spkiPem } = rsaKeys['2048'];
      for (const algorithm of ['RSA_PKCS1_3072_SHA384', 'RSA_PKCS1_4096_SHA512', 'RSA_PSS_3072_SHA512']) {
        await guest.fails(
          'invalid_key',
          'keypair_import',
          signatures,
          algorithm,
          pem,
          keyPairEncoding.pem,
          out,
        );
        await guest.fails(
          'invalid_key',
          'publickey_import',
          signatures,
          algorithm,
          spkiPem,
          keyEncoding.pem,
          out,
        );
      }
      await importPublicKey(guest, signatures, 'RSA_PSS_2048_SHA256', 'pem', spkiPem);
      const other = ecKeys['K-256'].spki;
      await guest.fails(
        'invalid_key',
        'publickey_import',
        signatures,
        'ECDSA_P256_SHA256',
        hex(other),
        keyEncoding.pkcs8,
        out,
      );
    },
  },
  {
    name: 'algorithms have the names of their type, in any case of letters',
    source: measured,
    detects: ['names-case-sensitive'],
    async run(context) {
      const guest = await Guest.create(context);
      await guest.ok('keypair_generate', signatures, 'ed25519', none, out);
      await guest.ok('keypair_generate', signatures, 'ecdsa_p256_sha256', none, out);
      await guest.ok('keypair_generate', keyExchange, 'x25519', none, out);
      await guest.ok('keypair_generate', 65_538, 'p256-sha256', none, out);
      await guest.ok('symmetric_state_open', 'sha-256', none, none, out);
      const bytes = Buffer.alloc(32, 1);
      for (const [type, algorithm] of [
        [signatures, 'X25519'],
        [signatures, 'P256-SHA256'],
        [keyExchange, 'Ed25519'],
        [keyExchange, 'ECDSA_P256_SHA256'],
        [signatures, 'SHA-256'],
        [signatures, ''],
        [signatures, 'Ed25519 '],
        [signatures, 'Ed25519\0'],
        [keyExchange, 'x'.repeat(20_000)],
      ] as const) {
        await guest.fails('unsupported_algorithm', 'keypair_generate', type, algorithm, none, out);
        await guest.fails('unsupported_algorithm', 'keypair_import', type, algorithm, bytes, 0, out);
        await guest.fails('unsupported_algorithm', 'publickey_import', type, algorithm, bytes, 0, out);
        await guest.fails('unsupported_algorithm', 'secretkey_import', type, algorithm, bytes, 0, out);
      }
      for (const algorithm of ['AES-192-GCM', 'SHA-1', 'HMAC', '', 'Ed25519', 'SHA-256\0']) {
        await guest.fails('unsupported_algorithm', 'symmetric_state_open', algorithm, none, none, out);
        await guest.fails('unsupported_algorithm', 'symmetric_key_generate', algorithm, none, out);
        await guest.fails('unsupported_algorithm', 'symmetric_key_import', algorithm, 'key', out);
        await guest.fails(
          'unsupported_algorithm',
          'signature_import',
          algorithm === 'Ed25519' ? 'X25519' : algorithm,
          bytes,
          0,
          out,
        );
      }
    },
  },
  {
    name: 'an unknown type of algorithm has none',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const bytes = Buffer.alloc(32, 1);
      for (const type of [3, 65_535]) {
        await guest.fails('unsupported_algorithm', 'keypair_generate', type, 'Ed25519', none, out);
        await guest.fails('unsupported_algorithm', 'keypair_import', type, 'Ed25519', bytes, 0, out);
        await guest.fails('unsupported_algorithm', 'publickey_import', type, 'Ed25519', bytes, 0, out);
        await guest.fails('unsupported_algorithm', 'secretkey_import', type, 'Ed25519', bytes, 0, out);
      }
    },
  },
];
