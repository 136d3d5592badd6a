import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { constants, verify as verifyHere } from 'node:crypto';
import { type CaseContext, type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { expectAnswers, runScript } from '../drive/crypto-script.js';
import { derSignature } from '../drive/der.js';
import { Guest } from '../drive/guest.js';
import {
  algorithmType,
  exportSignature,
  hex,
  importKeyPair,
  importPublicKey,
  importSignature,
  publicKeyOf,
  sign,
  verify,
} from '../drive/operations.js';
import { rsaVectors } from '../vectors/rsa.js';
import { rsaKeys } from '../vectors/rsa-keys.js';
import { ecdsaVectors, ed25519Vectors, rfc6979Vectors } from '../vectors/signatures.js';

const { signatures } = algorithmType;

const p384Digest = 'WasmEdge hashes with SHA-256 for ECDSA_P384_SHA384, and takes raw signatures of 64 bytes';

/** Verifies published ECDSA signatures, good and bad ones, raw and as DER. */
async function checkEcdsa(context: CaseContext, algorithm: keyof typeof ecdsaVectors): Promise<void> {
  const vectors = ecdsaVectors[algorithm];
  const width = algorithm === 'ECDSA_P384_SHA384' ? 96 : 64;
  const operations = vectors.flatMap(({ message, x, y, r, s }) => {
    const raw = r.padStart(width, '0') + s.padStart(width, '0');
    const point = `04${x.padStart(width, '0')}${y.padStart(width, '0')}`;
    const der = derSignature(hex(raw)).toString('hex');
    return [
      ['verify', algorithm, 'sec', point, 'raw', raw, message] as const,
      ['verify', algorithm, 'sec', point, 'der', der, message] as const,
    ];
  });
  const answers = await runScript(context, operations);
  for (const [index, { valid }] of vectors.entries()) {
    for (const answer of answers.slice(2 * index, 2 * index + 2)) {
      const expected = valid ? { ok: '' } : { error: 'verification_failed' };
      assert.deepEqual(answer, expected, `vector ${index + 1}`);
    }
  }
}

export const signatureVectorCases: readonly ConformanceCase[] = [
  {
    name: 'Ed25519 signs and verifies',
    source: 'RFC 8032 section 7.1',
    run: (context) =>
      expectAnswers(
        context,
        ed25519Vectors.flatMap(({ seed, publicKey, message, signature }) => [
          {
            operation: ['sign', 'Ed25519', 'raw', seed + publicKey, message] as const,
            answer: signature,
          },
          {
            operation: ['verify', 'Ed25519', 'raw', publicKey, 'raw', signature, message] as const,
            answer: '',
          },
        ]),
      ),
  },
  {
    name: 'ECDSA on P-256 verifies published signatures, and not those that were changed',
    source: 'NIST CAVP, FIPS 186-3 ECDSA SigVer [P-256,SHA-256]',
    detects: ['any-signature-verifies'],
    run: (context) => checkEcdsa(context, 'ECDSA_P256_SHA256'),
  },
  {
    name: 'ECDSA on secp256k1 verifies signatures of another program',
    source: 'pyca/cryptography-vectors, ECDSA/SECP256K1/SigGen.txt [K-256,SHA-256]',
    run: (context) => checkEcdsa(context, 'ECDSA_K256_SHA256'),
  },
  {
    name: 'ECDSA on P-384 verifies published signatures, and not those that were changed',
    source: 'NIST CAVP, FIPS 186-3 ECDSA SigVer [P-384,SHA-384]',
    upstreamDiffers: p384Digest,
    detects: ['p384-uses-sha256', 'p384-raw-sizes'],
    run: (context) => checkEcdsa(context, 'ECDSA_P384_SHA384'),
  },
  {
    name: 'deterministic ECDSA signatures verify in both encodings and are converted exactly',
    source: 'RFC 6979 appendix A.2.5',
    detects: ['der-export-not-minimal'],
    run: async (context) => checkRfc6979(await Guest.create(context), 'P-256', 'ECDSA_P256_SHA256'),
  },
  {
    name: 'deterministic ECDSA signatures on P-384 verify in both encodings and are converted exactly',
    source: 'RFC 6979 appendix A.2.6',
    upstreamDiffers: p384Digest,
    detects: ['p384-uses-sha256'],
    run: async (context) => checkRfc6979(await Guest.create(context), 'P-384', 'ECDSA_P384_SHA384'),
  },
  {
    name: 'RSA PKCS#1 verifies published signatures, and not those that were changed',
    source: 'NIST CAVP, FIPS 186-3 RSA SigVer15',
    detects: ['any-signature-verifies'],
    async run(context) {
      const entries = Object.entries(rsaVectors).flatMap(([algorithm, vectors]) =>
        vectors.map((vector) => ({ algorithm, ...vector })),
      );
      const answers = await runScript(
        context,
        entries.map(({ algorithm, spki, message, signature }) => [
          'verify',
          algorithm,
          'pkcs8',
          spki,
          'raw',
          signature,
          message,
        ]),
      );
      for (const [index, { valid, algorithm }] of entries.entries()) {
        const expected = valid ? { ok: '' } : { error: 'verification_failed' };
        assert.deepEqual(answers[index], expected, `vector ${index + 1}, of ${algorithm}`);
      }
    },
  },
  {
    name: 'RSA PKCS#1 signatures are those of openssl',
    source: 'openssl 3.0: dgst -sign (vectors/generate.py)',
    run: (context) =>
      expectAnswers(
        context,
        rsaSignatures('PKCS1').flatMap(({ algorithm, key, signature }) => [
          {
            operation: ['sign', algorithm, 'pkcs8', key.pkcs8, key.message] as const,
            answer: signature,
          },
          {
            operation: ['verify', algorithm, 'pkcs8', key.spki, 'raw', signature, key.message] as const,
            answer: '',
          },
        ]),
      ),
  },
  {
    name: 'RSA-PSS verifies signatures of openssl, and its own',
    source: 'openssl 3.0: dgst -sign -sigopt rsa_padding_mode:pss (vectors/generate.py)',
    async run(context) {
      const entries = rsaSignatures('PSS');
      await expectAnswers(
        context,
        entries.map(({ algorithm, key, signature }) => ({
          operation: ['verify', algorithm, 'pkcs8', key.spki, 'raw', signature, key.message] as const,
          answer: '',
        })),
      );
      const guest = await Guest.create(context);
      for (const { algorithm, key, signature } of entries) {
        const pair = await importKeyPair(guest, signatures, algorithm, 'pem', key.pem);
        const [one, two] = [await sign(guest, pair, 'message'), await sign(guest, pair, 'message')];
        assert.equal(await verify(guest, await publicKeyOf(guest, pair), one, 'message'), 0);
        assert.equal(await verify(guest, await publicKeyOf(guest, pair), one, 'another'), 10);
        const raws = await mapInOrder([one, two], (each) => exportSignature(guest, each, 'raw'));
        assert.notDeepEqual(raws[0], raws[1], 'the salt is random');
        assert.equal(raws[0]?.byteLength, signature.length / 2);
      }
    },
  },
  {
    name: 'new RSA-PSS signatures have a salt as long as the digest',
    source: 'RFC 8017 section 9.1, FIPS 186-5 section 5.4; checked with OpenSSL, through node:crypto',
    upstreamDiffers: 'WasmEdge takes the longest salt',
    async run(context) {
      const guest = await Guest.create(context);
      for (const { algorithm, key } of rsaSignatures('PSS')) {
        const pair = await importKeyPair(guest, signatures, algorithm, 'pem', key.pem);
        const raw = await exportSignature(guest, await sign(guest, pair, 'message'), 'raw');
        const options = {
          key: key.spkiPem,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        };
        assert(verifyHere(algorithm.slice(-6).toLowerCase(), Buffer.from('message'), options, raw));
      }
    },
  },
];

async function checkRfc6979(
  guest: Guest,
  curve: keyof typeof rfc6979Vectors,
  algorithm: string,
): Promise<void> {
  const { scalar, signatures: entries } = rfc6979Vectors[curve];
  const pair = await importKeyPair(guest, signatures, algorithm, 'raw', hex(scalar));
  const point = await guest.output('publickey_export', await publicKeyOf(guest, pair), 3);
  const publicKey = await importPublicKey(guest, signatures, algorithm, 'sec', point);
  for (const { message, raw, der } of entries) {
    for (const [encoding, bytes] of [
      ['raw', raw],
      ['der', der],
    ] as const) {
      const signature = await importSignature(guest, algorithm, encoding, hex(bytes));
      assert.equal(await verify(guest, publicKey, signature, hex(message)), 0);
      assert.equal((await exportSignature(guest, signature, 'raw')).toString('hex'), raw);
      assert.equal((await exportSignature(guest, signature, 'der')).toString('hex'), der);
    }
  }
}

function rsaSignatures(padding: 'PKCS1' | 'PSS') {
  return Object.values(rsaKeys).flatMap((key) =>
    Object.entries(key.signatures)
      .filter(([algorithm]) => algorithm.startsWith(`RSA_${padding}`))
      .map(([algorithm, signature]) => ({ algorithm, key, signature })),
  );
}
