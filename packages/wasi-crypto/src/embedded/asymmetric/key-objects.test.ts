import { describe, expect, it } from 'vitest';
import { outcomeOf } from './__fixtures__/outcomes.js';
import { findAlgorithm } from './algorithms.js';
import { KeyPair } from './key-objects.js';

function generated(name: string, type: 'signatures' | 'key_exchange' = 'signatures'): KeyPair {
  const algorithm = findAlgorithm(type, name.toLowerCase());
  return new KeyPair(algorithm, algorithm.keys.generate());
}

const names = [
  ['ECDSA_P256_SHA256', 'signatures'],
  ['ECDSA_K256_SHA256', 'signatures'],
  ['ECDSA_P384_SHA384', 'signatures'],
  ['Ed25519', 'signatures'],
  ['RSA_PKCS1_2048_SHA256', 'signatures'],
  ['RSA_PSS_2048_SHA512', 'signatures'],
  ['X25519', 'key_exchange'],
  ['P256-SHA256', 'key_exchange'],
  ['P384-SHA384', 'key_exchange'],
  ['ML-KEM-768', 'key_exchange'],
] as const;

describe.each(names)('a key pair of %s', (name, type) => {
  const pair = generated(name, type);

  it('is made of its halves, and of no others', () => {
    const made = KeyPair.of(pair.publicKey(), pair.secretKey());
    expect(made.key.equals(pair.key)).toBe(true);
    const other = generated(name, type);
    expect(outcomeOf(() => KeyPair.of(other.publicKey(), pair.secretKey()))).toBe('incompatible_keys');
  });

  it('comes back from what is stored', () => {
    expect(KeyPair.restore(pair.algorithm, pair.serialize()).key.equals(pair.key)).toBe(true);
  });

  it('has a public key that can be used', () => {
    expect(outcomeOf(() => pair.publicKey().check())).toBe('success');
  });
});

describe('KeyPair.of', () => {
  it('refuses keys of two algorithms, also on the same curve', () => {
    const signing = generated('ECDSA_P256_SHA256');
    const exchange = generated('P256-SHA256', 'key_exchange');
    expect(outcomeOf(() => KeyPair.of(signing.publicKey(), exchange.secretKey()))).toBe('incompatible_keys');
  });
});

describe('findAlgorithm', () => {
  it('knows the 16 signature algorithms of the released plug-in', () => {
    const rsa = ['2048_SHA256', '2048_SHA384', '2048_SHA512', '3072_SHA384', '3072_SHA512', '4096_SHA512'];
    const expected = [
      'ECDSA_P256_SHA256',
      'ECDSA_K256_SHA256',
      'ECDSA_P384_SHA384',
      'Ed25519',
      ...rsa.flatMap((size) => [`RSA_PKCS1_${size}`, `RSA_PSS_${size}`]),
    ];
    expect(expected.map((name) => findAlgorithm('signatures', name.toLowerCase()).name)).toEqual(expected);
  });

  it('knows no other names, those of the other type and symmetric ones included', () => {
    expect(outcomeOf(() => findAlgorithm('signatures', 'x25519'))).toBe('unsupported_algorithm');
    expect(outcomeOf(() => findAlgorithm('key_exchange', 'ed25519'))).toBe('unsupported_algorithm');
    expect(outcomeOf(() => findAlgorithm('signatures', ''))).toBe('unsupported_algorithm');
    expect(outcomeOf(() => findAlgorithm('symmetric', 'sha-256'))).toBe('unsupported_algorithm');
  });
});
