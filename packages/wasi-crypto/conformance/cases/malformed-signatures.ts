import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { derSignature, element, integer, integerContent, sequence } from '../drive/der.js';
import { errnoName } from '../drive/errno.js';
import { Guest, out } from '../drive/guest.js';
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

interface Signed {
  readonly algorithm: string;
  readonly publicKey: number;
  readonly r: Buffer;
  readonly s: Buffer;
  /** The order of the curve's group. */
  readonly n: Buffer;
}

/** A signature of `message` under a known key, for each curve. */
function signedMessages(guest: Guest): Signed[] {
  return curves.map(([curve, algorithm, order]) => {
    const pair = importKeyPair(guest, signatures, algorithm, 'pkcs8', hex(ecKeys[curve].pkcs8));
    const raw = exportSignature(guest, sign(guest, pair, 'message'), 'raw');
    const half = raw.byteLength / 2;
    const [r, s] = [raw.subarray(0, half), raw.subarray(half)];
    return { algorithm, publicKey: publicKeyOf(guest, pair), r, s, n: hex(order) };
  });
}

/** A signature that must be refused when it is imported, or else not verify. */
function expectRefused(
  guest: Guest,
  { algorithm, publicKey }: Signed,
  encoding: keyof typeof signatureEncoding,
  bytes: Uint8Array,
  what: string,
): void {
  const imported = guest.invoke('signature_import', algorithm, bytes, signatureEncoding[encoding], out);
  if (imported.errno !== 0) {
    assert.equal(errnoName(imported.errno), 'invalid_signature', `importing ${what} for ${algorithm}`);
    return;
  }
  const errno = verify(guest, publicKey, Number(imported.answers[0]), 'message');
  assert(errno === 10 || errno === 13, `${what} for ${algorithm} gives ${errnoName(errno)}`);
}

/** Ways to write the DER of a good signature wrong. */
function malformed({ r, s }: Signed): Record<string, Uint8Array> {
  const good = derSignature(Buffer.concat([r, s]));
  const [ri, si] = [integer(r), integer(s)];
  const zero = Buffer.from([0]);
  return {
    nothing: Buffer.alloc(0),
    'one byte': Buffer.from([0x30]),
    'two bytes': hex('3000'),
    zeros: Buffer.alloc(72),
    'a truncated sequence': good.subarray(0, good.byteLength - 1),
    'half a sequence': good.subarray(0, good.byteLength / 2),
    'r alone': sequence(ri),
    'three numbers': sequence(ri, si, integer(Buffer.from([1]))),
    'r without content': sequence(element(0x02, Buffer.alloc(0)), si),
    's without content': sequence(ri, element(0x02, Buffer.alloc(0))),
    'a leading zero too many in r': sequence(element(0x02, Buffer.concat([zero, integerContent(r)])), si),
    'a leading zero too many in s': sequence(ri, element(0x02, Buffer.concat([zero, integerContent(s)]))),
    'another tag for the sequence': Buffer.concat([Buffer.from([0x31]), good.subarray(1)]),
    'another tag for r': sequence(Buffer.concat([Buffer.from([0x04]), ri.subarray(1)]), si),
    'another tag for s': sequence(ri, Buffer.concat([Buffer.from([0x0a]), si.subarray(1)])),
    'a length in long form': Buffer.concat([Buffer.from([0x30, 0x81]), good.subarray(1)]),
    'a length in longer form': Buffer.concat([Buffer.from([0x30, 0x82, 0x00]), good.subarray(1)]),
    'a length of r in long form': sequence(Buffer.concat([Buffer.from([0x02, 0x81]), ri.subarray(1)]), si),
    'an indefinite length': Buffer.concat([Buffer.from([0x30, 0x80]), good.subarray(2), Buffer.alloc(2)]),
    'a length beyond the end': Buffer.concat([Buffer.from([0x30, good.byteLength]), good.subarray(2)]),
    'a huge length': Buffer.concat([hex('308500ffffffff'), good.subarray(2)]),
    'a sequence in a sequence': sequence(good),
    'an octet string around it': element(0x04, good),
    'a negative r': sequence(element(0x02, Buffer.concat([Buffer.from([0xff]), r])), si),
    'raw bytes': Buffer.concat([r, s]),
  };
}

function trailing({ r, s }: Signed): Record<string, Uint8Array> {
  const good = derSignature(Buffer.concat([r, s]));
  return {
    'a trailing zero': Buffer.concat([good, Buffer.from([0])]),
    'trailing zeros up to 72 bytes and more': Buffer.concat([good, Buffer.alloc(40)]),
    'a trailing NULL': Buffer.concat([good, hex('0500')]),
    'itself twice': Buffer.concat([good, good]),
    'bytes behind s': sequence(integer(r), integer(s), hex('0500')),
    'bytes behind s without an element': sequence(integer(r), integer(s), Buffer.from([0])),
  };
}

/** Numbers that no signature has. */
function impossible({ r, s, n }: Signed): Record<string, readonly [Uint8Array, Uint8Array]> {
  const zero = Buffer.alloc(n.byteLength);
  const ones = Buffer.alloc(n.byteLength, 0xff);
  const above = Buffer.from(n);
  above.writeUInt8(above.readUInt8(above.byteLength - 1) + 1, above.byteLength - 1);
  return {
    'r and s of zero': [zero, zero],
    'r of zero': [zero, s],
    's of zero': [r, zero],
    'r of the order': [n, s],
    's of the order': [r, n],
    'r above the order': [above, s],
    's above the order': [r, above],
    'r and s of all ones': [ones, ones],
    'r and s exchanged': [s, r],
  };
}

export const malformedSignatureCases: readonly ConformanceCase[] = [
  {
    name: 'a signature of malformed DER never verifies',
    source,
    upstreamDiffers,
    detects: ['malformed-signature-verifies'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const signed of signedMessages(guest)) {
        for (const [what, bytes] of Object.entries(malformed(signed))) {
          expectRefused(guest, signed, 'der', bytes, what);
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
      for (const signed of signedMessages(guest)) {
        for (const [what, bytes] of Object.entries(trailing(signed))) {
          expectRefused(guest, signed, 'der', bytes, what);
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
      for (const signed of signedMessages(guest)) {
        for (const [what, [r, s]] of Object.entries(impossible(signed))) {
          expectRefused(guest, signed, 'raw', Buffer.concat([r, s]), what);
          expectRefused(guest, signed, 'der', sequence(integer(r), integer(s)), what);
        }
      }
    },
  },
  {
    name: 'a number that is longer than the curve is no signature',
    source,
    upstreamDiffers,
    detects: ['malformed-signature-verifies'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const signed of signedMessages(guest)) {
        const long = Buffer.concat([Buffer.from([1]), signed.r]);
        expectRefused(guest, signed, 'der', sequence(integer(long), integer(signed.s)), 'a long r');
        expectRefused(guest, signed, 'der', sequence(integer(signed.r), integer(long)), 'a long s');
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
      const pair = importKeyPair(guest, signatures, 'Ed25519', 'raw', hex(seed + publicKey));
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
        const imported = importSignature(guest, 'Ed25519', 'raw', bytes);
        assert.equal(verify(guest, publicKeyOf(guest, pair), imported, hex(message)), 10);
      }
      const good = importSignature(guest, 'Ed25519', 'raw', hex(signature));
      assert.equal(verify(guest, publicKeyOf(guest, pair), good, hex(message)), 0);
    },
  },
];
