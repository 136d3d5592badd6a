import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { Argument } from '../drive/call-layout.js';
import { Guest, out } from '../drive/guest.js';
import { algorithmType, hex, keyEncoding, keyPairEncoding } from '../drive/operations.js';
import { measured } from '../drive/sources.js';
import { ecKeys } from '../vectors/ec-keys.js';
import { rsaKeys } from '../vectors/rsa-keys.js';

const { keyExchange, signatures } = algorithmType;

const written = 'written for this project in the manner of Wycheproof; SEC 1 section 3.2';

const notMeasured = 'WasmEdge leaves these checks to OpenSSL; what it answers was not measured';

const p256 = {
  point: hex(ecKeys['P-256'].point),
  spki: hex(ecKeys['P-256'].spki),
  pkcs8: hex(ecKeys['P-256'].pkcs8),
  order: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
};

function changed(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = index < 0 ? copy.byteLength + index : index;
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

async function refusedPublic(
  guest: Guest,
  encoding: keyof typeof keyEncoding,
  bytes: Argument,
): Promise<void> {
  for (const [type, algorithm] of [
    [signatures, 'ECDSA_P256_SHA256'],
    [keyExchange, 'P256-SHA256'],
  ] as const) {
    await guest.fails('invalid_key', 'publickey_import', type, algorithm, bytes, keyEncoding[encoding], out);
  }
}

export const keyCheckCases: readonly ConformanceCase[] = [
  {
    name: 'a point that is not on the curve, or not well written, is not a public key',
    source: 'measured: WasmEdge 0.14.1; SEC 1 section 2.3.4',
    detects: ['point-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const { point } = p256;
      const x = point.subarray(1, 33);
      for (const bytes of [
        changed(point, -1),
        changed(point, 10),
        point.subarray(0, 64),
        Buffer.concat([Buffer.from([4]), Buffer.alloc(64)]),
        Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 0xff)]),
        Buffer.concat([Buffer.from([5]), point.subarray(1)]),
        Buffer.concat([Buffer.from([2]), Buffer.alloc(32, 0xff)]),
        Buffer.concat([Buffer.from([4]), x]),
        point.subarray(1),
        hex(ecKeys['K-256'].point),
        hex(ecKeys['P-384'].point),
        Buffer.alloc(0),
      ]) {
        await refusedPublic(guest, 'sec', bytes);
      }
      for (const [type, algorithm] of [
        [signatures, 'Ed25519'],
        [keyExchange, 'X25519'],
      ] as const) {
        for (const length of [0, 1, 31, 33, 64]) {
          await guest.fails(
            'invalid_key',
            'publickey_import',
            type,
            algorithm,
            Buffer.alloc(length, 9),
            0,
            out,
          );
        }
      }
    },
  },
  {
    name: 'the point at infinity, and more bytes than a point has, are not a public key',
    source: written,
    upstreamDiffers: notMeasured,
    async run(context) {
      const guest = await Guest.create(context);
      await refusedPublic(guest, 'sec', Buffer.from([0]));
      await refusedPublic(guest, 'sec', Buffer.alloc(65));
      await refusedPublic(guest, 'sec', Buffer.concat([p256.point, Buffer.from([0])]));
    },
  },
  {
    name: 'SubjectPublicKeyInfo that is damaged, truncated, or of another curve is not a public key',
    source: written,
    upstreamDiffers: notMeasured,
    async run(context) {
      const guest = await Guest.create(context);
      const { spki } = p256;
      for (const bytes of [
        Buffer.alloc(0),
        spki.subarray(0, -1),
        Buffer.concat([spki, Buffer.from([0])]),
        changed(spki, 0),
        changed(spki, 1),
        changed(spki, 12),
        changed(spki, -1),
        hex(ecKeys['K-256'].spki),
        hex(ecKeys['P-384'].spki),
        hex(rsaKeys['2048'].spki),
        p256.pkcs8,
      ]) {
        await refusedPublic(guest, 'pkcs8', bytes);
      }
      const pem = ecKeys['P-256'].spkiPem;
      for (const text of ['', 'not PEM', pem.slice(40), pem.slice(0, -20), ecKeys['K-256'].spkiPem]) {
        await refusedPublic(guest, 'pem', text);
      }
    },
  },
  {
    name: 'a scalar of a wrong length is not a secret key',
    source: measured,
    detects: ['key-size-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [type, algorithm, wrong] of [
        [signatures, 'ECDSA_P256_SHA256', [0, 1, 31, 33, 64]],
        [signatures, 'ECDSA_K256_SHA256', [0, 31, 33]],
        [keyExchange, 'P256-SHA256', [0, 31, 33]],
        [signatures, 'Ed25519', [0, 31, 33]],
        [keyExchange, 'X25519', [0, 31, 33]],
      ] as const) {
        for (const length of wrong) {
          const bytes = Buffer.alloc(length, 1);
          await guest.fails('invalid_key', 'secretkey_import', type, algorithm, bytes, keyEncoding.raw, out);
          await guest.fails(
            'invalid_key',
            'keypair_import',
            type,
            algorithm,
            bytes,
            keyPairEncoding.raw,
            out,
          );
        }
      }
      for (const [type, algorithm] of [
        [signatures, 'Ed25519'],
        [keyExchange, 'X25519'],
      ] as const) {
        await guest.fails('invalid_key', 'keypair_import', type, algorithm, Buffer.alloc(32, 1), 0, out);
      }
    },
  },
  {
    name: 'a scalar of zero, or not below the order, is not a secret key',
    source: written,
    upstreamDiffers: notMeasured,
    detects: ['scalar-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const above = changed(p256.order, -1);
      for (const bytes of [Buffer.alloc(32), p256.order, above.fill(0xff, 31), Buffer.alloc(32, 0xff)]) {
        for (const [type, algorithm] of [
          [signatures, 'ECDSA_P256_SHA256'],
          [keyExchange, 'P256-SHA256'],
        ] as const) {
          await guest.fails(
            'invalid_key',
            'keypair_import',
            type,
            algorithm,
            bytes,
            keyPairEncoding.raw,
            out,
          );
          await guest.fails('invalid_key', 'secretkey_import', type, algorithm, bytes, keyEncoding.raw, out);
        }
      }
    },
  },
  {
    name: 'PKCS#8 that is damaged, truncated, or of another kind of key is not a key pair',
    source: written,
    upstreamDiffers: notMeasured,
    async run(context) {
      const guest = await Guest.create(context);
      const { pkcs8 } = p256;
      const encoding = keyPairEncoding.pkcs8;
      for (const bytes of [
        Buffer.alloc(0),
        pkcs8.subarray(0, -1),
        Buffer.concat([pkcs8, Buffer.from([0])]),
        changed(pkcs8, 0),
        changed(pkcs8, 7),
        // The public key inside no longer fits the secret one.
        changed(pkcs8, 40),
        hex(ecKeys['K-256'].pkcs8),
        hex(rsaKeys['2048'].pkcs8),
        p256.spki,
      ]) {
        await guest.fails(
          'invalid_key',
          'keypair_import',
          signatures,
          'ECDSA_P256_SHA256',
          bytes,
          encoding,
          out,
        );
      }
      const pem = ecKeys['P-256'].pem;
      for (const text of ['', 'not PEM', pem.slice(40), pem.slice(0, -30), rsaKeys['2048'].pem]) {
        await guest.fails('invalid_key', 'keypair_import', signatures, 'ECDSA_P256_SHA256', text, 2, out);
      }
      const rsa = hex(rsaKeys['2048'].pkcs8);
      for (const bytes of [rsa.subarray(0, 600), changed(rsa, 1), pkcs8, Buffer.from('no key')]) {
        await guest.fails(
          'invalid_key',
          'keypair_import',
          signatures,
          'RSA_PKCS1_2048_SHA256',
          bytes,
          encoding,
          out,
        );
      }
    },
  },
];
