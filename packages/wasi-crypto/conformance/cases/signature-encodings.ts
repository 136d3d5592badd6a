import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, out } from '../drive/guest.js';
import {
  algorithmType,
  exportSignature,
  generateKeyPair,
  hex,
  importSignature,
  sign,
} from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';

const { signatures } = algorithmType;

export const signatureEncodingCases: readonly ConformanceCase[] = [
  {
    name: 'RSA signatures are raw, of exactly the size of the modulus',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const algorithm = 'RSA_PKCS1_2048_SHA256';
      const signature = await importSignature(guest, algorithm, 'raw', Buffer.alloc(256, 1));
      assert.deepEqual(await exportSignature(guest, signature, 'raw'), Buffer.alloc(256, 1));
    },
  },
  {
    name: 'a raw signature has exactly the size of its algorithm',
    source: measured,
    detects: ['raw-signature-length-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const algorithm of ['ECDSA_P256_SHA256', 'ECDSA_K256_SHA256', 'Ed25519']) {
        await importSignature(guest, algorithm, 'raw', Buffer.alloc(64, 1));
        for (const length of [0, 1, 32, 63, 65, 128]) {
          const bytes = Buffer.alloc(length, 1);
          await guest.fails('invalid_signature', 'signature_import', algorithm, bytes, 0, out);
        }
        for (const encoding of [2, 65_535]) {
          await guest.fails(
            'unsupported_encoding',
            'signature_import',
            algorithm,
            Buffer.alloc(64),
            encoding,
            out,
          );
        }
        await importSignature(guest, algorithm, 'raw', Buffer.alloc(64, 1));
        await guest.ok('signature_import', algorithm, Buffer.alloc(64, 1), 65_536, out);
      }
      await guest.fails('unsupported_encoding', 'signature_import', 'Ed25519', Buffer.alloc(64), 1, out);
      const signature = await importSignature(guest, 'Ed25519', 'raw', Buffer.alloc(64, 1));
      await guest.fails('unsupported_encoding', 'signature_export', signature, 1, out);
      await guest.fails('unsupported_encoding', 'signature_export', signature, 2, out);
    },
  },
  {
    name: 'a raw signature on P-384 has 96 bytes, a new one always all of them',
    source: specification('Signatures'),
    upstreamDiffers: 'WasmEdge takes 64 bytes for P-384, and leaves out leading zeros of any curve',
    detects: ['p384-raw-sizes', 'raw-signature-zeros-lost'],
    async run(context) {
      const guest = await Guest.create(context);
      const one = Buffer.concat([Buffer.alloc(47), Buffer.from([1])]);
      for (const [algorithm, length] of [
        ['ECDSA_P384_SHA384', 48],
        ['ECDSA_P256_SHA256', 32],
        ['ECDSA_K256_SHA256', 32],
      ] as const) {
        const raw = Buffer.concat([one.subarray(-length), one.subarray(-length)]);
        const signature = await importSignature(guest, algorithm, 'raw', raw);
        assert.deepEqual(await exportSignature(guest, signature, 'raw'), raw);
        assert.equal((await exportSignature(guest, signature, 'der')).toString('hex'), '3006020101020101');
        const fromDer = await importSignature(guest, algorithm, 'der', hex('3006020101020101'));
        assert.deepEqual(await exportSignature(guest, fromDer, 'raw'), raw);
        for (const wrong of [2 * length - 1, 2 * length + 1]) {
          await guest.fails(
            'invalid_signature',
            'signature_import',
            algorithm,
            Buffer.alloc(wrong, 1),
            0,
            out,
          );
        }
        const pair = await generateKeyPair(guest, signatures, algorithm);
        assert.equal(
          (await exportSignature(guest, await sign(guest, pair, 'message'), 'raw')).byteLength,
          2 * length,
        );
      }
    },
  },
];
