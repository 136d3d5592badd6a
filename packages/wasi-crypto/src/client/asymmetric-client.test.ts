import { createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { ecKeys, ecKeysOfOne } from '../../conformance/vectors/ec-keys.js';
import { dhkemVectors, mlKemVectors } from '../../conformance/vectors/kx.js';
import { ed25519Vectors, rfc6979Vectors } from '../../conformance/vectors/signatures.js';
import { WasiCryptoError } from '../errors.js';
import { allTargets, embeddedTargets, forEachClient } from './__fixtures__/clients.js';
import type { KeyAgreementAlgorithm, KeyPairAlgorithm, SignatureAlgorithm } from './algorithm-names.js';

const bytesOf = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const message = new TextEncoder().encode('a message');
const signing: readonly SignatureAlgorithm[] = [
  'ECDSA_P256_SHA256',
  'ECDSA_K256_SHA256',
  'ECDSA_P384_SHA384',
  'Ed25519',
  'RSA_PKCS1_2048_SHA256',
  'RSA_PSS_2048_SHA512',
];

/** The name of the error code that an act ends with. */
function failureOf(act: () => unknown): string {
  try {
    act();
    return 'success';
  } catch (error) {
    if (WasiCryptoError.isInstance(error)) {
      return error.errnoName;
    }
    throw error;
  }
}

await forEachClient(allTargets, (client) => {
  it('signs as RFC 8032 has it, and verifies', () => {
    for (const { seed, publicKey, message, signature } of ed25519Vectors) {
      using pair = client().importKeyPair('Ed25519', bytesOf(seed + publicKey), 'raw');
      using key = pair.publicKey();
      expect(hexOf(client().sign(pair, bytesOf(message)))).toBe(signature);
      expect(client().verify(key, bytesOf(message), bytesOf(signature))).toBe(true);
      expect(client().verify(key, bytesOf(`${message}00`), bytesOf(signature))).toBe(false);
      expect(client().verify(key, bytesOf(message), new Uint8Array(7))).toBe(false);
    }
  });

  it('verifies the signatures of RFC 6979', () => {
    const { scalar, signatures } = rfc6979Vectors['P-256'];
    using pair = client().importKeyPair('ECDSA_P256_SHA256', bytesOf(scalar), 'raw');
    using key = pair.publicKey();
    for (const { message, raw, der } of signatures) {
      expect(client().verify(key, bytesOf(message), bytesOf(raw))).toBe(true);
      expect(client().verify(key, bytesOf(message), bytesOf(der), 'der')).toBe(true);
      expect(client().verify(key, bytesOf(`${message}00`), bytesOf(raw))).toBe(false);
    }
  });

  it.each(['ECDSA_P256_SHA256', 'ECDSA_K256_SHA256'] as const)(
    'writes and reads strict signatures of %s',
    (name) => {
      using pair = client().generateKeyPair(name);
      using key = pair.publicKey();
      const exported = createPublicKey(new TextDecoder().decode(key.export('pem')));
      for (let round = 0; round < 5; round += 1) {
        const der = client().sign(pair, message, 'der');
        expect(der.byteLength).toBe(2 + (der[1] ?? 0));
        expect(verify('sha256', message, exported, der)).toBe(true);
        const raw = client().sign(pair, message);
        expect(raw.byteLength).toBe(64);
        expect(verify('sha256', message, { key: exported, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true);
        expect(client().verify(key, message, der, 'der')).toBe(true);
        expect(client().verify(key, message, raw)).toBe(true);
        expect(client().verify(key, message.subarray(1), der, 'der')).toBe(false);
        expect(client().verify(key, message.subarray(1), raw)).toBe(false);
        const wrong = [
          Uint8Array.of(...der, 0),
          der.subarray(0, -1),
          Uint8Array.of(0x30, 0),
          Uint8Array.of(1, 2),
        ];
        expect(wrong.map((bytes) => client().verify(key, message, bytes, 'der'))).toEqual(
          wrong.map(() => false),
        );
        const numbers = [
          new Uint8Array(64),
          new Uint8Array(64).fill(255),
          raw.subarray(1),
          new Uint8Array(0),
        ];
        expect(numbers.map((bytes) => client().verify(key, message, bytes))).toEqual(
          numbers.map(() => false),
        );
      }
    },
  );

  it('signs what node:crypto verifies with the exported key', () => {
    using pair = client().generateKeyPair('RSA_PKCS1_2048_SHA256');
    using key = pair.publicKey();
    const pieces = [message.subarray(0, 4), new Uint8Array(0), message.subarray(4)];
    const signature = client().sign(pair, pieces);
    const exported = createPublicKey(new TextDecoder().decode(key.export('pem')));
    expect(verify('sha256', message, exported, signature)).toBe(true);
    expect(client().verify(key, [message], signature)).toBe(true);
  });

  it.each([
    ['ECDSA_P256_SHA256', 'P-256'],
    ['ECDSA_P384_SHA384', 'P-384'],
    ['ECDSA_K256_SHA256', 'K-256'],
    ['P256-SHA256', 'P-256'],
    ['P384-SHA384', 'P-384'],
  ] as const)(
    'reads and writes keys of %s as openssl does, also that of the scalar 1',
    (algorithm, curve) => {
      for (const vector of [ecKeys[curve], ecKeysOfOne[curve]]) {
        using pair = client().importKeyPair(algorithm, bytesOf(vector.raw), 'raw');
        using secretKey = client().importSecretKey(algorithm, bytesOf(vector.pkcs8), 'pkcs8');
        using publicKey = client().importPublicKey(algorithm, bytesOf(vector.compressed), 'sec');
        using derived = secretKey.publicKey();
        for (const key of [pair, secretKey]) {
          expect(hexOf(key.export('raw'))).toBe(vector.raw);
          expect(hexOf(key.export('pkcs8'))).toBe(vector.pkcs8);
        }
        for (const key of [publicKey, derived]) {
          expect(hexOf(key.export('sec'))).toBe(vector.point);
          expect(hexOf(key.export('pkcs8'))).toBe(vector.spki);
        }
      }
      const wrong = bytesOf('00'.repeat(ecKeys[curve].raw.length / 2));
      expect(failureOf(() => client().importKeyPair(algorithm, wrong, 'raw'))).toBe('invalid_key');
    },
  );

  it('agrees on a secret', () => {
    using alice = client().generateKeyPair('X25519');
    using bob = client().generateKeyPair('X25519');
    using alicesSecret = alice.secretKey();
    using bobsSecret = bob.secretKey();
    using alicesPublic = alice.publicKey();
    using bobsPublic = bobsSecret.publicKey();
    const secret = client().agree(bobsPublic, alicesSecret);
    expect(secret.byteLength).toBe(32);
    expect(hexOf(client().agree(alicesPublic, bobsSecret))).toBe(hexOf(secret));
  });

  it('tells errors by their names', () => {
    expect(failureOf(() => client().importPublicKey('Ed25519', new Uint8Array(5), 'raw'))).toBe(
      'invalid_key',
    );
    expect(failureOf(() => client().generateKeyPair('X448' as KeyPairAlgorithm as 'X25519'))).toBe(
      'unsupported_algorithm',
    );
  });
});

await forEachClient(embeddedTargets, (client) => {
  it.each(signing)('makes, writes and reads keys and signatures of %s', (algorithm) => {
    using pair = client().generateKeyPair(algorithm);
    const isRaw = algorithm === 'Ed25519';
    using key = pair.publicKey();
    using secret = pair.secretKey();
    using again = client().keyPairOf(key, secret);
    const signature = client().sign(again, message);
    expect(client().verify(key, message, signature)).toBe(true);
    key.check();
    const encodings = isRaw ? (['raw'] as const) : (['pkcs8', 'pem'] as const);
    for (const encoding of encodings) {
      // The encodings of an algorithm that is one of several are those that all of them have.
      const name = algorithm as 'ECDSA_P256_SHA256';
      const write = { pair, key, secret } as unknown as {
        [Name in 'pair' | 'key' | 'secret']: { export(encoding: string): Uint8Array };
      };
      using readPair = client().importKeyPair(name, write.pair.export(encoding), encoding);
      using readSecret = client().importSecretKey(name, write.secret.export(encoding), encoding);
      using readPublic = client().importPublicKey(name, write.key.export(encoding), encoding as 'pem');
      using joined = client().keyPairOf(readPublic, readSecret);
      expect(client().verify(readPublic, message, client().sign(readPair, message))).toBe(true);
      expect(client().verify(readPublic, message, client().sign(joined, message))).toBe(true);
    }
  });

  it('writes ECDSA signatures in both forms, and takes no bytes after DER', () => {
    using pair = client().generateKeyPair('ECDSA_P384_SHA384');
    using key = pair.publicKey();
    const der = client().sign(pair, message, 'der');
    expect(der[0]).toBe(0x30);
    expect(client().verify(key, message, der, 'der')).toBe(true);
    expect(client().verify(key, message, Uint8Array.of(...der, 0), 'der')).toBe(false);
    expect(client().sign(pair, message, 'raw').byteLength).toBe(96);
  });

  it('signs long messages in pieces', () => {
    using pair = client().generateKeyPair('ECDSA_P256_SHA256');
    using key = pair.publicKey();
    const long = new Uint8Array(3_000_000).fill(7);
    const signature = client().sign(pair, [long.subarray(0, 1_999_999), long.subarray(1_999_999)]);
    expect(client().verify(key, long, signature)).toBe(true);
    expect(client().verify(key, long.subarray(1), signature)).toBe(false);
  });

  it.each(['X25519', 'P256-SHA256', 'P384-SHA384', 'ML-KEM-768'] as const)(
    'encapsulates secrets with %s',
    (algorithm) => {
      using pair = client().generateKeyPair(algorithm);
      using key = pair.publicKey();
      using secretKey = pair.secretKey();
      const { secret, encapsulated } = client().encapsulate(key);
      expect(hexOf(client().decapsulate(secretKey, encapsulated))).toBe(hexOf(secret));
    },
  );

  it('decapsulates published secrets', () => {
    for (const [algorithm, vectors] of [
      ['X25519', dhkemVectors],
      ['ML-KEM-768', mlKemVectors],
    ] as const) {
      for (const { secretKey, encapsulated, secret } of vectors) {
        using key = client().importSecretKey(algorithm, bytesOf(secretKey), 'raw');
        expect(hexOf(client().decapsulate(key, bytesOf(encapsulated)))).toBe(secret);
      }
    }
  });

  it.each<[KeyAgreementAlgorithm, number]>([
    ['P256-SHA256', 32],
    ['P384-SHA384', 48],
  ])('agrees on secrets of %s', (algorithm, length) => {
    using one = client().generateKeyPair(algorithm);
    using other = client().generateKeyPair(algorithm);
    using onePublic = one.publicKey();
    using oneSecret = one.secretKey();
    using otherPublic = other.publicKey();
    using otherSecret = other.secretKey();
    const secret = client().agree(otherPublic, oneSecret);
    expect(secret.byteLength).toBe(length);
    expect(hexOf(client().agree(onePublic, otherSecret))).toBe(hexOf(secret));
  });

  it('refuses keys that do not belong together, and those not to use', () => {
    using one = client().generateKeyPair('Ed25519');
    using other = client().generateKeyPair('Ed25519');
    using key = one.publicKey();
    using secret = other.secretKey();
    expect(failureOf(() => client().keyPairOf(key, secret))).toBe('incompatible_keys');
    using zero = client().importPublicKey('X25519', new Uint8Array(32), 'raw');
    expect(failureOf(() => zero.check())).toBe('invalid_key');
  });
});
