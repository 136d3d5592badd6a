import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { sign as signHere, verify as verifyHere } from 'node:crypto';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, out } from '../drive/guest.js';
import {
  algorithmType,
  exportSignature,
  importKeyPair,
  importSignature,
  publicKeyOf,
} from '../drive/operations.js';
import type { FunctionName } from '../drive/raw-calls.js';
import { ecKeys } from '../vectors/ec-keys.js';
import { rsaKeys } from '../vectors/rsa-keys.js';

const { signatures } = algorithmType;
const source = 'OpenSSL, through node:crypto, over the whole message at once';
const [partBytes, parts] = [100_000, 3] as const;
const message = Buffer.alloc(partBytes * parts, 7);
const dsaEncoding = 'ieee-p1363';

interface SigningKey {
  readonly algorithm: string;
  readonly digest: string;
  readonly pem: string;
  readonly spkiPem: string;
  readonly signatureBytes: number;
}

const ec = (curve: keyof typeof ecKeys, algorithm: string, digest: string, signatureBytes: number) => {
  const { pem, spkiPem } = ecKeys[curve];
  return { algorithm, digest, pem, spkiPem, signatureBytes };
};

const { pem: rsaPem, spkiPem: rsaSpki } = rsaKeys['2048'];

/** Signs and verifies a message that is longer than the guest's memory. */
async function checkLongMessage(
  guest: Guest,
  { algorithm, digest, pem, spkiPem, signatureBytes }: SigningKey,
): Promise<void> {
  const pair = await importKeyPair(guest, signatures, algorithm, 'pem', pem);
  const signing = await guest.number('signature_state_open', pair, out);
  await updateWithMessage(guest, 'signature_state_update', signing);
  const own = await guest.number('signature_state_sign', signing, out);
  const raw = await exportSignature(guest, own, 'raw');
  // WasmEdge leaves out leading zeros, once in 128 signatures.
  if (raw.byteLength === signatureBytes) {
    assert(verifyHere(digest, message, { key: spkiPem, dsaEncoding }, raw), `signature of ${algorithm}`);
  }
  const verifying = await guest.number(
    'signature_verification_state_open',
    await publicKeyOf(guest, pair),
    out,
  );
  await updateWithMessage(guest, 'signature_verification_state_update', verifying);
  const theirs = signHere(digest, message, { key: pem, dsaEncoding });
  const signature = await importSignature(guest, algorithm, 'raw', theirs);
  await guest.ok('signature_verification_state_verify', verifying, signature);
  await guest.ok('signature_verification_state_update', verifying, 'more');
  await guest.fails('verification_failed', 'signature_verification_state_verify', verifying, signature);
}

async function updateWithMessage(guest: Guest, name: FunctionName, state: number): Promise<void> {
  const at = 8192;
  await guest.raw.fill(at, 7, partBytes);
  for (let part = 0; part < parts; part += 1) {
    assert.equal(await guest.raw.call(name, state, at, partBytes), 0);
  }
}

export const longMessageCases: readonly ConformanceCase[] = [
  {
    name: 'a message that is longer than the guest is signed and verified in parts',
    source,
    detects: ['first-part-only'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const key of [
        ec('P-256', 'ECDSA_P256_SHA256', 'sha256', 64),
        ec('K-256', 'ECDSA_K256_SHA256', 'sha256', 64),
        {
          algorithm: 'RSA_PKCS1_2048_SHA384',
          digest: 'sha384',
          pem: rsaPem,
          spkiPem: rsaSpki,
          signatureBytes: 256,
        },
      ]) {
        await checkLongMessage(guest, key);
      }
    },
  },
  {
    name: 'a long message is signed and verified in parts on P-384',
    source,
    upstreamDiffers:
      'WasmEdge hashes with SHA-256 for ECDSA_P384_SHA384, and takes raw signatures of 64 bytes',
    detects: ['first-part-only', 'p384-uses-sha256'],
    async run(context) {
      await checkLongMessage(await Guest.create(context), ec('P-384', 'ECDSA_P384_SHA384', 'sha384', 96));
    },
  },
];
