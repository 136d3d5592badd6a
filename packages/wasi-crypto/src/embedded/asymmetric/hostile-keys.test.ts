import { Buffer } from 'node:buffer';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rsaKeys as vectors } from '../../../conformance/vectors/rsa-keys.js';
import { bytesOf, outcomeOf } from './__fixtures__/outcomes.js';
import { findSignatureAlgorithm } from './algorithms.js';
import { derTag } from './der/der-reader.js';
import { readRsaPrivateKey } from './der/rsa-structures.js';
import { derElement } from './der/write-der.js';

// What a guest gives for keys costs the host no more than this, whatever the bytes are.
const maxMilliseconds = 100;

function cpuMilliseconds(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of three, since other work of the process counts too. */
const leastOfThree = (act: () => unknown) => Math.min(...[0, 0, 0].map(() => cpuMilliseconds(act)));

const { integer, sequence, octetString, objectIdentifier, bitString } = derTag;
const seq = (...parts: Uint8Array[]) => derElement(sequence, ...parts);
const number = (bytes: Uint8Array) =>
  derElement(integer, ...((bytes[0] ?? 0) >= 0x80 ? [Buffer.of(0)] : []), bytes);
const odd = (length: number) => Buffer.concat([Buffer.of(0x41), randomBytes(length - 2), Buffer.of(0x41)]);
const zero = number(Buffer.of(0));
const oid = (digits: string) => derElement(objectIdentifier, bytesOf(digits));
const magnitude = (value: bigint) => {
  const digits = value.toString(16);
  return bytesOf(digits.padStart(digits.length + (digits.length % 2), '0'));
};

const dsa = (length: number) =>
  seq(oid('2a8648ce380401'), seq(number(odd(length)), number(odd(32)), number(Buffer.of(2))));
const dh = (length: number) => seq(oid('2a864886f70d010301'), seq(number(odd(length)), number(Buffer.of(2))));
const info = (algorithm: Uint8Array, key: Uint8Array) => seq(zero, algorithm, derElement(octetString, key));
const spki = (algorithm: Uint8Array, key: Uint8Array) =>
  seq(algorithm, derElement(bitString, Buffer.of(0), key));
const rsaEncryption = seq(oid('2a864886f70d010101'), bytesOf('0500'));
const pssOnly = seq(oid('2a864886f70d01010a'));
const { modulus, exponent, d } = readRsaPrivateKey(bytesOf(vectors[2048].pkcs1), 256);
const rsa = (...others: Uint8Array[]) =>
  seq(zero, ...[modulus, exponent, d].map((value) => number(magnitude(value))), ...others.map(number));
// A prime, as the program openssl (prime) finds too.
const primeModulus = seq(number(magnitude((1n << 4096n) - 2549n)), number(Buffer.of(1, 0, 1)));
const explicitCurve = seq(
  oid('2a8648ce3d0201'),
  seq(number(Buffer.of(1)), seq(oid('2a8648ce3d0101'), number(odd(8000)))),
);

const privateKeys: [string, string, Uint8Array][] = [
  ['a DSA key', 'ECDSA_P256_SHA256', info(dsa(4096), number(odd(4096)))],
  ['a DSA key', 'RSA_PKCS1_2048_SHA256', info(dsa(4096), number(odd(4096)))],
  ['a DH key', 'ECDSA_P384_SHA384', info(dh(4096), number(odd(4096)))],
  [
    'a described curve',
    'ECDSA_P256_SHA256',
    info(explicitCurve, seq(number(Buffer.of(1)), derElement(octetString, odd(32)))),
  ],
  ['oversized factors', 'RSA_PKCS1_2048_SHA256', rsa(odd(2048), odd(2048), odd(2048), odd(2048), odd(2048))],
  [
    'oversized factors',
    'RSA_PSS_2048_SHA256',
    info(pssOnly, rsa(odd(8000), odd(8000), odd(8000), odd(8000), odd(8000))),
  ],
  [
    'oversized factors',
    'RSA_PKCS1_2048_SHA256',
    info(rsaEncryption, rsa(odd(256), odd(256), odd(256), odd(256), odd(256))),
  ],
];
const publicKeys: [string, string, Uint8Array][] = [
  ['a DSA key', 'ECDSA_P256_SHA256', spki(dsa(4096), number(odd(4096)))],
  ['a described curve', 'ECDSA_P256_SHA256', spki(explicitCurve, odd(65))],
  [
    'an oversized modulus',
    'RSA_PKCS1_2048_SHA256',
    spki(rsaEncryption, seq(number(odd(16_000)), number(odd(256)))),
  ],
  [
    'an oversized exponent',
    'RSA_PKCS1_2048_SHA256',
    spki(rsaEncryption, seq(number(magnitude(modulus)), number(odd(256)))),
  ],
];

describe('keys that are made to cost the host time', () => {
  it.each(privateKeys)('%s is not a key of %s, at once', (_name, algorithm, der) => {
    const { keys } = findSignatureAlgorithm(algorithm.toLowerCase());
    expect(outcomeOf(() => keys.importKeyPair('pkcs8', der))).toBe('invalid_key');
    expect(leastOfThree(() => outcomeOf(() => keys.importSecretKey('pkcs8', der)))).toBeLessThan(
      maxMilliseconds,
    );
  });

  it.each(publicKeys)('%s is not a public key of %s, at once', (_name, algorithm, der) => {
    const { keys } = findSignatureAlgorithm(algorithm.toLowerCase());
    expect(outcomeOf(() => keys.importPublicKey('pkcs8', der))).toBe('invalid_key');
    expect(leastOfThree(() => outcomeOf(() => keys.importPublicKey('pkcs8', der)))).toBeLessThan(
      maxMilliseconds,
    );
  });

  it('PEM of blanks is none, at once', () => {
    const { keys } = findSignatureAlgorithm('ecdsa_p256_sha256');
    for (const filling of [' ', '\n', '=', '-', 'A', '-----BEGIN PUBLIC KEY-----']) {
      const inside = filling.repeat(65_000 / filling.length);
      const pem = Buffer.from(`-----BEGIN PUBLIC KEY-----\nA${inside}!-----END PUBLIC KEY-----\n`);
      expect(outcomeOf(() => keys.importPublicKey('pem', pem))).toBe('invalid_key');
      expect(leastOfThree(() => outcomeOf(() => keys.importPublicKey('pem', pem)))).toBeLessThan(
        maxMilliseconds,
      );
    }
  });

  it('a modulus that is a prime is found out in time', () => {
    const { keys } = findSignatureAlgorithm('rsa_pkcs1_4096_sha512');
    const key = keys.importPublicKey('pkcs8', primeModulus);
    expect(outcomeOf(() => keys.checkPublicKey(key))).toBe('invalid_key');
    // The dearest of all: some 60 ms, and twice as much where the other half of the processor's core is busy.
    expect(leastOfThree(() => outcomeOf(() => keys.checkPublicKey(key)))).toBeLessThan(2 * maxMilliseconds);
  });

  it('the largest key that there is is checked in time', () => {
    const { keys } = findSignatureAlgorithm('rsa_pkcs1_4096_sha512');
    const der = bytesOf(vectors[4096].pkcs8);
    expect(leastOfThree(() => keys.importKeyPair('pkcs8', der))).toBeLessThan(maxMilliseconds);
  });
});

describe('keys that are written unusually', () => {
  it('a private key may have attributes (RFC 5208), which are not kept', () => {
    const attributes = derElement(
      0xa0,
      seq(oid('551d0f'), derElement(0x31, derElement(bitString, Buffer.of(7, 0x80)))),
    );
    for (const [name, algorithm] of [
      ['RSA_PKCS1_2048_SHA256', rsaEncryption],
      ['RSA_PSS_2048_SHA256', pssOnly],
    ] as const) {
      const { keys } = findSignatureAlgorithm(name.toLowerCase());
      const inner = derElement(octetString, bytesOf(vectors[2048].pkcs1));
      const key = keys.importKeyPair('pkcs8', seq(zero, algorithm, inner, attributes));
      expect(Buffer.compare(keys.exportKeyPair(key, 'pkcs8'), seq(zero, algorithm, inner))).toBe(0);
    }
  });

  it('a scalar may lack its leading zeros or have one too many, as some programs write it', () => {
    const { keys } = findSignatureAlgorithm('ecdsa_p256_sha256');
    const curve = seq(oid('2a8648ce3d0201'), oid('2a8648ce3d030107'));
    const ec = (...scalar: number[]) =>
      info(curve, seq(number(Buffer.of(1)), derElement(octetString, Buffer.from(scalar))));
    const expected = keys.importSecretKey('raw', Buffer.concat([Buffer.alloc(31), Buffer.of(7)]));
    expect(keys.importSecretKey('pkcs8', ec(7)).equals(expected)).toBe(true);
    expect(keys.importSecretKey('pkcs8', ec(...Buffer.alloc(32), 7)).equals(expected)).toBe(true);
    for (const scalar of [[], [...Buffer.alloc(33), 7], [1, ...Buffer.alloc(32)]]) {
      expect(outcomeOf(() => keys.importSecretKey('pkcs8', ec(...scalar)))).toBe('invalid_key');
    }
  });

  it('a key of two versions, of more than two primes, or with numbers that are not DER, is none', () => {
    const { keys } = findSignatureAlgorithm('rsa_pkcs1_2048_sha256');
    const pkcs1 = vectors[2048].pkcs1;
    for (const digits of [pkcs1.replace('020100', '020101'), pkcs1.replace('020100', '02020000')]) {
      expect(digits).not.toBe(pkcs1);
      expect(outcomeOf(() => keys.importKeyPair('pkcs8', bytesOf(digits)))).toBe('invalid_key');
    }
  });

  it('a curve that OpenSSL describes by its numbers is refused (RFC 5480, section 2.1.1)', () => {
    const { keys } = findSignatureAlgorithm('ecdsa_p256_sha256');
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
    const der = publicKey.export({ type: 'spki', format: 'der' });
    expect(outcomeOf(() => keys.importPublicKey('pkcs8', der))).toBe('invalid_key');
  });
});
