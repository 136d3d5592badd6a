import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { element, sequence } from '../drive/der.js';
import { Guest, out } from '../drive/guest.js';
import {
  algorithmType,
  hex,
  importKeyPair,
  importPublicKey,
  keyPairEncoding,
  publicKeyOf,
  sign,
  verify,
} from '../drive/operations.js';
import { rsaKeys } from '../vectors/rsa-keys.js';

const { signatures } = algorithmType;

const notMeasured = 'WasmEdge leaves these checks to OpenSSL; what it answers was not measured';

const { pkcs1, pkcs8, spki } = rsaKeys['2048'];

/** The key of the vectors, bound to RSA-PSS with SHA-256, MGF1 of it, and salts of a length or more (RFC 8017, appendix A.2.3). */
function boundToPss(shortestSalt: number): { readonly pkcs8: Buffer; readonly spki: Buffer } {
  const sha256 = hex('300d06096086480165030402010500');
  const algorithm = sequence(
    hex('06092a864886f70d01010a'),
    sequence(
      element(0xa0, sha256),
      element(0xa1, sequence(hex('06092a864886f70d010108'), sha256)),
      element(0xa2, Buffer.from([2, 1, shortestSalt])),
    ),
  );
  // The BIT STRING of a SubjectPublicKeyInfo follows an AlgorithmIdentifier of 15 bytes.
  const bits = hex(spki).subarray(4 + 15);
  return {
    pkcs8: sequence(hex('020100'), algorithm, element(0x04, hex(pkcs1))),
    spki: sequence(algorithm, bits),
  };
}

export const rsaKeyCases: readonly ConformanceCase[] = [
  {
    name: 'RSA numbers that do not belong together are not a key pair',
    source: 'RFC 8017 section 3.2, on a key of the program openssl with one bit changed',
    upstreamDiffers: notMeasured,
    async run(context) {
      const guest = await Guest.create(context);
      // Counted from the end, in the middle of qInv, dQ, dP, q, p, d and n, which have some 130 bytes each, d and n twice as many.
      for (const fromEnd of [60, 190, 320, 460, 590, 790, 1060]) {
        const bytes = hex(pkcs8);
        const at = bytes.byteLength - fromEnd;
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        for (const algorithm of ['RSA_PKCS1_2048_SHA256', 'RSA_PSS_2048_SHA256']) {
          await guest.fails(
            'invalid_key',
            'keypair_import',
            signatures,
            algorithm,
            bytes,
            keyPairEncoding.pkcs8,
            out,
          );
        }
      }
    },
  },
  {
    name: 'a key that is bound to RSA-PSS with parameters signs and verifies',
    source: 'RFC 4055 section 3.3, RFC 8017 appendix A.2.3',
    upstreamDiffers: notMeasured,
    async run(context) {
      const guest = await Guest.create(context);
      const algorithm = 'RSA_PSS_2048_SHA256';
      for (const shortestSalt of [0, 20, 32]) {
        const bound = boundToPss(shortestSalt);
        const pair = await importKeyPair(guest, signatures, algorithm, 'pkcs8', bound.pkcs8);
        const imported = await importPublicKey(guest, signatures, algorithm, 'pkcs8', bound.spki);
        for (const publicKey of [imported, await publicKeyOf(guest, pair)]) {
          const signature = await sign(guest, pair, 'message');
          assert.equal(await verify(guest, publicKey, signature, 'message'), 0, String(shortestSalt));
          assert.notEqual(await verify(guest, publicKey, signature, 'another'), 0, String(shortestSalt));
        }
      }
    },
  },
  {
    name: 'a key that is bound to another digest, or to a longer salt than new signatures have, is refused',
    source: 'RFC 4055 section 3.3',
    upstreamDiffers: notMeasured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, shortestSalt] of [
        ['RSA_PSS_2048_SHA256', 33],
        ['RSA_PSS_2048_SHA384', 32],
        ['RSA_PKCS1_2048_SHA256', 32],
      ] as const) {
        const bound = boundToPss(shortestSalt);
        await guest.fails('invalid_key', 'keypair_import', signatures, algorithm, bound.pkcs8, 1, out);
        await guest.fails('invalid_key', 'publickey_import', signatures, algorithm, bound.spki, 1, out);
      }
    },
  },
];
