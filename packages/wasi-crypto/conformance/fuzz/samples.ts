import { Buffer } from 'node:buffer';
import { derSignature } from '../drive/der.js';
import { algorithmType, hex, keyEncoding, keyPairEncoding, signatureEncoding } from '../drive/operations.js';
import { ecKeys } from '../vectors/ec-keys.js';
import { mlKemVectors, x25519Pair } from '../vectors/kx.js';
import { rsaKeys } from '../vectors/rsa-keys.js';
import { ed25519Vectors, rfc6979Vectors } from '../vectors/signatures.js';

/** A key or signature that can be imported. */
export interface Sample {
  readonly type: number;
  readonly algorithm: string;
  readonly encoding: number;
  readonly bytes: Buffer;
}

const { signatures, keyExchange } = algorithmType;
const [ed25519] = ed25519Vectors;
const [mlKem] = mlKemVectors;
const [xSecret] = x25519Pair.secretKeys;
const [xPublic] = x25519Pair.publicKeys;
const rsa = rsaKeys['2048'];

const sample = (type: number, algorithm: string, encoding: number, bytes: string | Buffer): Sample => ({
  type,
  algorithm,
  encoding,
  bytes: Buffer.from(bytes),
});

const curves = [
  ['P-256', signatures, 'ECDSA_P256_SHA256'],
  ['P-256', keyExchange, 'P256-SHA256'],
  ['K-256', signatures, 'ECDSA_K256_SHA256'],
  ['P-384', signatures, 'ECDSA_P384_SHA384'],
  ['P-384', keyExchange, 'P384-SHA384'],
] as const;

/** Key pairs to import. */
export const keyPairSamples: readonly Sample[] = [
  ...curves.flatMap(([curve, type, algorithm]) => [
    sample(type, algorithm, keyPairEncoding.raw, hex(ecKeys[curve].raw)),
    sample(type, algorithm, keyPairEncoding.pkcs8, hex(ecKeys[curve].pkcs8)),
    sample(type, algorithm, keyPairEncoding.pem, ecKeys[curve].pem),
  ]),
  sample(signatures, 'Ed25519', keyPairEncoding.raw, hex(ed25519.seed + ed25519.publicKey)),
  sample(keyExchange, 'X25519', keyPairEncoding.raw, hex(xPublic + xSecret)),
  sample(keyExchange, 'ML-KEM-768', keyPairEncoding.raw, hex(mlKem.publicKey + mlKem.secretKey)),
  sample(signatures, 'RSA_PKCS1_2048_SHA256', keyPairEncoding.pkcs8, hex(rsa.pkcs8)),
  sample(signatures, 'RSA_PSS_2048_SHA512', keyPairEncoding.pem, rsa.pem),
];

export const secretKeySamples: readonly Sample[] = [
  ...curves.map(([curve, type, algorithm]) =>
    sample(type, algorithm, keyEncoding.raw, hex(ecKeys[curve].raw)),
  ),
  sample(signatures, 'Ed25519', keyEncoding.raw, hex(ed25519.seed)),
  sample(keyExchange, 'X25519', keyEncoding.raw, hex(xSecret)),
  sample(signatures, 'RSA_PKCS1_2048_SHA384', keyEncoding.pkcs8, hex(rsa.pkcs8)),
];

export const publicKeySamples: readonly Sample[] = [
  ...curves.flatMap(([curve, type, algorithm]) => [
    sample(type, algorithm, keyEncoding.sec, hex(ecKeys[curve].compressed)),
    sample(type, algorithm, keyEncoding.pkcs8, hex(ecKeys[curve].spki)),
    sample(type, algorithm, keyEncoding.pem, ecKeys[curve].spkiPem),
  ]),
  sample(signatures, 'Ed25519', keyEncoding.raw, hex(ed25519.publicKey)),
  sample(keyExchange, 'X25519', keyEncoding.raw, hex(xPublic)),
  sample(keyExchange, 'X25519', keyEncoding.raw, Buffer.alloc(32)),
  sample(keyExchange, 'ML-KEM-768', keyEncoding.raw, hex(mlKem.publicKey)),
  sample(signatures, 'RSA_PKCS1_2048_SHA256', keyEncoding.pkcs8, hex(rsa.spki)),
];

const [p256Signature] = rfc6979Vectors['P-256'].signatures;

export const signatureSamples: readonly Sample[] = [
  sample(signatures, 'ECDSA_P256_SHA256', signatureEncoding.raw, hex(p256Signature.raw)),
  sample(signatures, 'ECDSA_P256_SHA256', signatureEncoding.der, hex(p256Signature.der)),
  sample(signatures, 'ECDSA_K256_SHA256', signatureEncoding.der, derSignature(Buffer.alloc(64, 7))),
  sample(signatures, 'ECDSA_P384_SHA384', signatureEncoding.raw, Buffer.alloc(96, 7)),
  sample(signatures, 'Ed25519', signatureEncoding.raw, hex(ed25519.signature)),
  sample(signatures, 'RSA_PKCS1_2048_SHA256', signatureEncoding.raw, Buffer.alloc(256, 7)),
];

/** Bytes of an encapsulated secret, for each algorithm. */
export const encapsulatedSamples: readonly Buffer[] = [hex(xPublic), hex(mlKem.encapsulated)];

/** Algorithms with new key pairs; RSA takes long and is left to the samples, mostly. */
export const generatedAlgorithms = [
  ...Array.from(
    { length: 12 },
    () =>
      [
        [signatures, 'ECDSA_P256_SHA256'],
        [signatures, 'Ed25519'],
        [keyExchange, 'X25519'],
        [keyExchange, 'P256-SHA256'],
        [signatures, 'ECDSA_K256_SHA256'],
      ] as const,
  ).flat(),
  [signatures, 'ECDSA_P384_SHA384'],
  [keyExchange, 'P384-SHA384'],
  [keyExchange, 'ML-KEM-768'],
  [1, 'AES-128-GCM'],
] as const;

/** Symmetric algorithms with the sizes of their keys. */
export const keyedAlgorithms = [
  ['HMAC/SHA-256', 32],
  ['HMAC/SHA-384', 48],
  ['HMAC/SHA-512', 7],
  ['HKDF-EXTRACT/SHA-256', 20],
  ['HKDF-EXTRACT/SHA-512', 64],
  ['HKDF-EXPAND/SHA-256', 32],
  ['HKDF-EXPAND/SHA-384', 48],
  ['AES-128-GCM', 16],
  ['AES-256-GCM', 32],
  ['CHACHA20-POLY1305', 32],
  ['XCHACHA20-POLY1305', 32],
] as const;

export const hashAlgorithms = ['SHA-256', 'SHA-384', 'SHA-512', 'SHA-512/256'] as const;

export const optionNames = {
  bytes: ['context', 'salt', 'nonce'],
  numbers: ['memory_limit', 'ops_limit', 'parallelism'],
  buffers: ['buffer'],
} as const;
