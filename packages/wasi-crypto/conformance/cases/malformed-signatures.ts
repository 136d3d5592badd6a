import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { integer, sequence } from '../drive/der.js';
import { errnoName } from '../drive/errno.js';
import { Guest, out } from '../drive/guest.js';
import { impossible, malformed, type Signed, trailing } from '../drive/malformed-signatures.js';
import {
  algorithmType,
  exportSignature,
  hex,
  importKeyPair,
  importSignature,
  publicKeyOf,
  sign,
  signatureEncoding,
  verify,
} from '../drive/operations.js';
import { ecKeys } from '../vectors/ec-keys.js';
import { ed25519Vectors } from '../vectors/signatures.js';

const { signatures } = algorithmType;
const source =
  'written for this project in the manner of Wycheproof; ITU-T X.690 section 10 (DER), SEC 1 section 4.1.4';
const upstreamDiffers =
  'WasmEdge takes a signature whose DER is malformed, or has trailing bytes, as valid for any message';

const curves = [
  ['P-256', 'ECDSA_P256_SHA256', 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'],
  ['K-256', 'ECDSA_K256_SHA256', 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'],
  [
    'P-384',
    'ECDSA_P384_SHA384',
    'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  ],
] as const;

/** A signature of `message` under a known key, for each curve. */
function signedMessages(guest: Guest): Promise<Signed[]> {
  return mapInOrder(curves, async ([curve, algorithm, order]) => {
    const pair = await importKeyPair(guest, signatures, algorithm, 'pkcs8', hex(ecKeys[curve].pkcs8));
    const raw = await exportSignature(guest, await sign(guest, pair, 'message'), 'raw');
    const half = raw.byteLength / 2;
    const [r, s] = [raw.subarray(0, half), raw.subarray(half)];
    return { algorithm, publicKey: await publicKeyOf(guest, pair), r, s, n: hex(order) };
  });
}

/** A signature that must be refused when it is imported, or else not verify. */
async function expectRefused(
  guest: Guest,
  { algorithm, publicKey }: Signed,
  encoding: keyof typeof signatureEncoding,
  bytes: Uint8Array,
  what: string,
): Promise<void> {
  const imported = await guest.invoke('signature_import', algorithm, bytes, signatureEncoding[encoding], out);
  if (imported.errno !== 0) {
    assert.equal(errnoName(imported.errno), 'invalid_signature', `importing ${what} for ${algorithm}`);
    return;
  }
  const errno = await verify(guest, publicKey, Number(imported.answers[0]), 'message');
  assert(errno === 10 || errno === 13, `${what} for ${algorithm} gives ${errnoName(errno)}`);
}

export const malformedSignatureCases: readonly ConformanceCase[] = [
  {
    name: 'a signature of malformed DER never verifies',
    source,
    upstreamDiffers,
    detects: ['malformed-signature-verifies'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const signed of await signedMessages(guest)) {
        for (const [what, bytes] of Object.entries(malformed(signed))) {
          await expectRefused(guest, signed, 'der', bytes, what);
        }
      }
    },
  },
  {
    name: 'a signature with bytes behind it never verifies',
    source,
    upstreamDiffers,
    detects: ['trailing-bytes-verify'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const signed of await signedMessages(guest)) {
        for (const [what, bytes] of Object.entries(trailing(signed))) {
          await expectRefused(guest, signed, 'der', bytes, what);
        }
      }
    },
  },
  {
    name: 'a signature whose numbers are zero or not below the order never verifies',
    source,
    // P-384 is among the curves.
    upstreamDiffers: 'WasmEdge takes raw signatures of 64 bytes for P-384, and an impossible number as valid',
    detects: ['any-signature-verifies'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const signed of await signedMessages(guest)) {
        for (const [what, [r, s]] of Object.entries(impossible(signed))) {
          await expectRefused(guest, signed, 'raw', Buffer.concat([r, s]), what);
          await expectRefused(guest, signed, 'der', sequence(integer(r), integer(s)), what);
        }
      }
    },
  },
  {
    name: 'a number that is longer than the curve is not a signature',
    source,
    upstreamDiffers,
    detects: ['malformed-signature-verifies'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const signed of await signedMessages(guest)) {
        const long = Buffer.concat([Buffer.from([1]), signed.r]);
        await expectRefused(guest, signed, 'der', sequence(integer(long), integer(signed.s)), 'a long r');
        await expectRefused(guest, signed, 'der', sequence(integer(signed.r), integer(long)), 'a long s');
      }
    },
  },
  {
    name: 'an Ed25519 signature whose scalar is not reduced, or whose point is none, never verifies',
    source: 'RFC 8032 section 5.1.7',
    detects: ['any-signature-verifies'],
    async run(context) {
      const guest = await Guest.create(context);
      const [{ seed, publicKey, message, signature }] = ed25519Vectors;
      const pair = await importKeyPair(guest, signatures, 'Ed25519', 'raw', hex(seed + publicKey));
      const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
      const scalar = BigInt(`0x${Buffer.from(hex(signature).subarray(32)).reverse().toString('hex')}`);
      const unreduced = Buffer.from((scalar + order).toString(16).padStart(64, '0'), 'hex').reverse();
      const point = hex(signature).subarray(0, 32);
      for (const bytes of [
        Buffer.concat([point, unreduced]),
        Buffer.concat([point, Buffer.alloc(32)]),
        Buffer.concat([Buffer.alloc(32, 0xff), hex(signature).subarray(32)]),
        Buffer.alloc(64),
        Buffer.alloc(64, 0xff),
      ]) {
        const imported = await importSignature(guest, 'Ed25519', 'raw', bytes);
        assert.equal(await verify(guest, await publicKeyOf(guest, pair), imported, hex(message)), 10);
      }
      const good = await importSignature(guest, 'Ed25519', 'raw', hex(signature));
      assert.equal(await verify(guest, await publicKeyOf(guest, pair), good, hex(message)), 0);
    },
  },
];
