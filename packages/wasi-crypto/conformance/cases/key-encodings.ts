import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, none, out } from '../drive/guest.js';
import {
  algorithmType,
  generateKeyPair,
  hex,
  importKeyPair,
  importPublicKey,
  importSecretKey,
  keyEncoding,
  keyPairEncoding,
  publicKeyOf,
  secretKeyOf,
} from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';
import { ecKeys, ecKeysOfOne } from '../vectors/ec-keys.js';
import { x25519Pair } from '../vectors/kx.js';
import { rsaKeys } from '../vectors/rsa-keys.js';
import { ed25519Vectors } from '../vectors/signatures.js';

const { signatures, keyExchange } = algorithmType;
const openssl = 'openssl 3.0: genpkey, ec, pkcs8 and rsa (vectors/generate.py)';
const p384Broken =
  'WasmEdge has sizes of P-256 for P-384: raw export damages its memory, raw import and sec fail';

/** The algorithms of each curve, for both purposes. */
const curves = [
  ['P-256', signatures, 'ECDSA_P256_SHA256'],
  ['P-256', keyExchange, 'P256-SHA256'],
  ['K-256', signatures, 'ECDSA_K256_SHA256'],
  ['P-384', signatures, 'ECDSA_P384_SHA384'],
  ['P-384', keyExchange, 'P384-SHA384'],
] as const;
const shortCurves = curves.filter(([curve]) => curve !== 'P-384');
const longCurves = curves.filter(([curve]) => curve === 'P-384');

type EcKeys = typeof ecKeys | typeof ecKeysOfOne;

/** Imports a key in every encoding, and exports it in those whose bytes are the same everywhere. */
function checkEcKeys(guest: Guest, keys: EcKeys, of: readonly (typeof curves)[number][]): void {
  for (const [curve, type, algorithm] of of) {
    const key = keys[curve];
    const pairs = [
      importKeyPair(guest, type, algorithm, 'raw', hex(key.raw)),
      importKeyPair(guest, type, algorithm, 'pkcs8', hex(key.pkcs8)),
      importKeyPair(guest, type, algorithm, 'pkcs8', hex(key.sec1)),
      importKeyPair(guest, type, algorithm, 'pem', key.pem),
    ];
    for (const pair of pairs) {
      assert.equal(guest.output('keypair_export', pair, keyPairEncoding.raw).toString('hex'), key.raw);
      assert.equal(guest.output('keypair_export', pair, keyPairEncoding.pem).toString(), key.pem);
      const secret = secretKeyOf(guest, pair);
      assert.equal(guest.output('secretkey_export', secret, keyEncoding.raw).toString('hex'), key.raw);
      assert.equal(guest.output('secretkey_export', secret, keyEncoding.pkcs8).toString('hex'), key.pkcs8);
      assert.equal(guest.output('secretkey_export', secret, keyEncoding.pem).toString(), key.pem);
    }
    const publicKeys = [
      ...pairs.map((pair) => publicKeyOf(guest, pair)),
      importPublicKey(guest, type, algorithm, 'pkcs8', hex(key.spki)),
      importPublicKey(guest, type, algorithm, 'pem', key.spkiPem),
      importPublicKey(guest, type, algorithm, 'sec', hex(key.point)),
    ];
    for (const publicKey of publicKeys) {
      assert.equal(guest.output('publickey_export', publicKey, keyEncoding.pkcs8).toString('hex'), key.spki);
      assert.equal(guest.output('publickey_export', publicKey, keyEncoding.pem).toString(), key.spkiPem);
      assert.equal(guest.output('publickey_export', publicKey, keyEncoding.sec).toString('hex'), key.point);
    }
    const compressed = importPublicKey(guest, type, algorithm, 'sec', hex(key.compressed));
    assert.equal(guest.output('publickey_export', compressed, keyEncoding.sec).toString('hex'), key.point);
  }
}

export const keyEncodingCases: readonly ConformanceCase[] = [
  {
    name: 'keys on P-256 and secp256k1 are read and written as openssl does',
    source: openssl,
    run: async (context) => checkEcKeys(await Guest.create(context), ecKeys, shortCurves),
  },
  {
    name: 'keys on P-384 are read and written as openssl does',
    source: openssl,
    upstreamDiffers: p384Broken,
    detects: ['p384-raw-sizes'],
    run: async (context) => checkEcKeys(await Guest.create(context), ecKeys, longCurves),
  },
  {
    name: 'a scalar keeps its leading zeros',
    source: openssl,
    upstreamDiffers: 'WasmEdge writes a scalar left-aligned: 1 becomes 01 00 00 …',
    detects: ['scalar-leading-zeros-lost'],
    run: async (context) => checkEcKeys(await Guest.create(context), ecKeysOfOne, curves),
  },
  {
    name: 'a key pair is written as PKCS#8, from which it can be read again',
    source: specification('Encodings'),
    upstreamDiffers: 'WasmEdge writes key pairs as a bare ECPrivateKey, and RSA as PKCS#1',
    async run(context) {
      const guest = await Guest.create(context);
      for (const [curve, type, algorithm] of curves) {
        const pair = importKeyPair(guest, type, algorithm, 'raw', hex(ecKeys[curve].raw));
        const exported = guest.output('keypair_export', pair, keyPairEncoding.pkcs8);
        assert.equal(exported.toString('hex'), ecKeys[curve].pkcs8);
      }
      const rsa = importKeyPair(
        guest,
        signatures,
        'RSA_PKCS1_2048_SHA256',
        'pkcs8',
        hex(rsaKeys['2048'].pkcs8),
      );
      assert.equal(
        guest.output('keypair_export', rsa, keyPairEncoding.pkcs8).toString('hex'),
        rsaKeys['2048'].pkcs8,
      );
    },
  },
  {
    name: 'what a key pair is exported as can be imported, whatever its algorithm',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [type, algorithm, encodings] of [
        [signatures, 'ECDSA_P256_SHA256', ['raw', 'pkcs8', 'pem']],
        [signatures, 'ECDSA_K256_SHA256', ['raw', 'pkcs8', 'pem']],
        [signatures, 'ECDSA_P384_SHA384', ['pkcs8', 'pem']],
        [keyExchange, 'P256-SHA256', ['raw', 'pkcs8', 'pem']],
        [keyExchange, 'P384-SHA384', ['pkcs8', 'pem']],
        [signatures, 'Ed25519', ['raw']],
        [keyExchange, 'X25519', ['raw']],
      ] as const) {
        const pair = generateKeyPair(guest, type, algorithm);
        for (const encoding of encodings) {
          const exported = guest.output('keypair_export', pair, keyPairEncoding[encoding]);
          const again = importKeyPair(guest, type, algorithm, encoding, exported);
          assert.deepEqual(guest.output('keypair_export', again, keyPairEncoding[encoding]), exported);
        }
      }
    },
  },
  {
    name: 'a point that was imported compressed is written uncompressed in SubjectPublicKeyInfo too',
    source: specification('Public keys'),
    upstreamDiffers:
      'OpenSSL may keep the form that a point was read in; what WasmEdge writes was not measured',
    async run(context) {
      const guest = await Guest.create(context);
      for (const [curve, type, algorithm] of curves) {
        const key = ecKeys[curve];
        const publicKey = importPublicKey(guest, type, algorithm, 'sec', hex(key.compressed));
        assert.equal(
          guest.output('publickey_export', publicKey, keyEncoding.pkcs8).toString('hex'),
          key.spki,
        );
        assert.equal(guest.output('publickey_export', publicKey, keyEncoding.pem).toString(), key.spkiPem);
      }
    },
  },
  {
    name: 'a secret key that was imported raw has its public key',
    source: specification('Public keys'),
    upstreamDiffers: 'WasmEdge leaves such a key without a public part: exporting it is algorithm_failure',
    detects: ['raw-secret-without-public'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [curve, type, algorithm] of shortCurves) {
        const secret = importSecretKey(guest, type, algorithm, 'raw', hex(ecKeys[curve].raw));
        const publicKey = guest.number('publickey_from_secretkey', secret, out);
        const point = guest.output('publickey_export', publicKey, keyEncoding.sec);
        assert.equal(point.toString('hex'), ecKeys[curve].point);
        const pkcs8 = guest.output('secretkey_export', secret, keyEncoding.pkcs8);
        assert.equal(pkcs8.toString('hex'), ecKeys[curve].pkcs8);
      }
    },
  },
  {
    name: 'RSA keys are read and written as openssl does',
    source: openssl,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [bits, algorithm] of [
        ['2048', 'RSA_PKCS1_2048_SHA256'],
        ['3072', 'RSA_PKCS1_3072_SHA384'],
        ['4096', 'RSA_PKCS1_4096_SHA512'],
      ] as const) {
        const key = rsaKeys[bits];
        for (const [encoding, bytes] of [
          ['pkcs8', hex(key.pkcs8)],
          ['pkcs8', hex(key.pkcs1)],
          ['pem', key.pem],
        ] as const) {
          const pair = importKeyPair(guest, signatures, algorithm, encoding, bytes);
          assert.equal(guest.output('keypair_export', pair, keyPairEncoding.pem).toString(), key.pem);
          const publicKey = publicKeyOf(guest, pair);
          const spki = guest.output('publickey_export', publicKey, keyEncoding.pkcs8);
          assert.equal(spki.toString('hex'), key.spki);
          const secret = importSecretKey(guest, signatures, algorithm, encoding, bytes);
          assert.equal(guest.output('secretkey_export', secret, keyEncoding.pem).toString(), key.pem);
        }
        const publicKey = importPublicKey(guest, signatures, algorithm, 'pem', key.spkiPem);
        assert.equal(guest.output('publickey_export', publicKey, keyEncoding.pem).toString(), key.spkiPem);
      }
    },
  },
  {
    name: 'Ed25519 keys are raw: seed and public key',
    source: 'RFC 8032 section 7.1; measured: WasmEdge 0.14.1',
    detects: ['swaps-halves-of-pair'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const { seed, publicKey } of ed25519Vectors) {
        const pair = importKeyPair(guest, signatures, 'Ed25519', 'raw', hex(seed + publicKey));
        assert.equal(
          guest.output('keypair_export', pair, keyPairEncoding.raw).toString('hex'),
          seed + publicKey,
        );
        const secret = importSecretKey(guest, signatures, 'Ed25519', 'raw', hex(seed));
        assert.equal(guest.output('secretkey_export', secret, keyEncoding.raw).toString('hex'), seed);
        const derived = guest.number('publickey_from_secretkey', secret, out);
        assert.equal(guest.output('publickey_export', derived, keyEncoding.raw).toString('hex'), publicKey);
      }
    },
  },
  {
    name: 'X25519 keys are raw: public and secret key, in this order',
    source: 'RFC 7748 section 6.1; measured: WasmEdge 0.14.1',
    detects: ['swaps-halves-of-pair', 'swapped-functions'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [index, secretKey] of x25519Pair.secretKeys.entries()) {
        const raw = `${x25519Pair.publicKeys[index]}${secretKey}`;
        const pair = importKeyPair(guest, keyExchange, 'X25519', 'raw', hex(raw));
        assert.equal(guest.output('keypair_export', pair, keyPairEncoding.raw).toString('hex'), raw);
        const secret = secretKeyOf(guest, pair);
        assert.equal(guest.output('secretkey_export', secret, keyEncoding.raw).toString('hex'), secretKey);
        const publicKey = guest.output('publickey_export', publicKeyOf(guest, pair), keyEncoding.raw);
        assert.equal(publicKey.toString('hex'), x25519Pair.publicKeys[index]);
      }
    },
  },
  {
    name: 'a raw key pair whose halves do not belong together is refused',
    source: specification('Key pairs for signatures'),
    upstreamDiffers: 'WasmEdge ignores the public half and computes it',
    async run(context) {
      const guest = await Guest.create(context);
      const [one, two] = ed25519Vectors;
      const mixed = hex(one.seed + two.publicKey);
      guest.fails('invalid_key', 'keypair_import', signatures, 'Ed25519', mixed, keyPairEncoding.raw, out);
      const pairs = [0, 1].map(() =>
        guest.output('keypair_export', generateKeyPair(guest, keyExchange, 'X25519'), 0),
      );
      const mixedX = Buffer.concat(pairs.map((pair, index) => pair.subarray(32 * index, 32 * index + 32)));
      guest.fails('invalid_key', 'keypair_import', keyExchange, 'X25519', mixedX, keyPairEncoding.raw, out);
    },
  },
  {
    name: 'an encoding that a kind of key does not have is refused',
    source: measured,
    detects: ['wrong-error-of-encoding'],
    async run(context) {
      const guest = await Guest.create(context);
      const bytes = Buffer.alloc(32, 1);
      for (const [type, algorithm, pairs, publicKeys, secrets] of [
        [signatures, 'ECDSA_P256_SHA256', [3], [0, 4], [3, 4]],
        [keyExchange, 'P256-SHA256', [3], [0, 4], [3, 4]],
        [signatures, 'Ed25519', [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4]],
        [keyExchange, 'X25519', [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4]],
      ] as const) {
        const pair = generateKeyPair(guest, type, algorithm);
        const publicKey = publicKeyOf(guest, pair);
        const secret = secretKeyOf(guest, pair);
        for (const encoding of pairs) {
          guest.fails('unsupported_encoding', 'keypair_export', pair, encoding, out);
          guest.fails('unsupported_encoding', 'keypair_import', type, algorithm, bytes, encoding, out);
        }
        for (const encoding of [...publicKeys, 5, 65_535]) {
          guest.fails('unsupported_encoding', 'publickey_export', publicKey, encoding, out);
          guest.fails('unsupported_encoding', 'publickey_import', type, algorithm, bytes, encoding, out);
        }
        for (const encoding of [...secrets, 5, 65_535]) {
          guest.fails('unsupported_encoding', 'secretkey_export', secret, encoding, out);
          guest.fails('unsupported_encoding', 'secretkey_import', type, algorithm, bytes, encoding, out);
        }
        for (const encoding of [4, 5, 65_535]) {
          guest.fails('unsupported_encoding', 'keypair_export', pair, encoding, out);
          guest.fails('algorithm_failure', 'keypair_import', type, algorithm, bytes, encoding, out);
        }
        guest.ok('keypair_export', pair, 65_536, out);
      }
    },
  },
  {
    name: 'RSA keys have no raw and no SEC form',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const algorithm = 'RSA_PKCS1_2048_SHA256';
      const pair = importKeyPair(guest, signatures, algorithm, 'pem', rsaKeys['2048'].pem);
      for (const encoding of [keyEncoding.raw, keyEncoding.sec]) {
        guest.fails('unsupported_encoding', 'publickey_export', publicKeyOf(guest, pair), encoding, out);
        guest.fails('unsupported_encoding', 'secretkey_export', secretKeyOf(guest, pair), encoding, out);
      }
      guest.fails('unsupported_encoding', 'keypair_export', pair, keyPairEncoding.raw, out);
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
        guest.fails('invalid_key', 'keypair_import', signatures, algorithm, pem, keyPairEncoding.pem, out);
        guest.fails('invalid_key', 'publickey_import', signatures, algorithm, spkiPem, keyEncoding.pem, out);
      }
      importPublicKey(guest, signatures, 'RSA_PSS_2048_SHA256', 'pem', spkiPem);
      const other = ecKeys['K-256'].spki;
      guest.fails(
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
      guest.ok('keypair_generate', signatures, 'ed25519', none, out);
      guest.ok('keypair_generate', signatures, 'ecdsa_p256_sha256', none, out);
      guest.ok('keypair_generate', keyExchange, 'x25519', none, out);
      guest.ok('keypair_generate', 65_538, 'p256-sha256', none, out);
      guest.ok('symmetric_state_open', 'sha-256', none, none, out);
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
        guest.fails('unsupported_algorithm', 'keypair_generate', type, algorithm, none, out);
        guest.fails('unsupported_algorithm', 'keypair_import', type, algorithm, bytes, 0, out);
        guest.fails('unsupported_algorithm', 'publickey_import', type, algorithm, bytes, 0, out);
        guest.fails('unsupported_algorithm', 'secretkey_import', type, algorithm, bytes, 0, out);
      }
      for (const algorithm of ['AES-192-GCM', 'SHA-1', 'HMAC', '', 'Ed25519', 'SHA-256\0']) {
        guest.fails('unsupported_algorithm', 'symmetric_state_open', algorithm, none, none, out);
        guest.fails('unsupported_algorithm', 'symmetric_key_generate', algorithm, none, out);
        guest.fails('unsupported_algorithm', 'symmetric_key_import', algorithm, 'key', out);
        guest.fails(
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
    name: 'symmetric algorithms have no key pairs',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const bytes = Buffer.alloc(32, 1);
      for (const type of [1, 65_537]) {
        guest.fails('invalid_operation', 'keypair_generate', type, 'AES-128-GCM', none, out);
        guest.fails('invalid_operation', 'keypair_import', type, 'AES-128-GCM', bytes, 0, out);
        guest.fails('invalid_operation', 'publickey_import', type, 'AES-128-GCM', bytes, 0, out);
        guest.fails('invalid_operation', 'secretkey_import', type, 'AES-128-GCM', bytes, 0, out);
      }
      for (const type of [3, 65_535]) {
        guest.fails('unsupported_algorithm', 'keypair_generate', type, 'Ed25519', none, out);
        guest.fails('unsupported_algorithm', 'keypair_import', type, 'Ed25519', bytes, 0, out);
        guest.fails('unsupported_algorithm', 'publickey_import', type, 'Ed25519', bytes, 0, out);
        guest.fails('unsupported_algorithm', 'secretkey_import', type, 'Ed25519', bytes, 0, out);
      }
    },
  },
];
