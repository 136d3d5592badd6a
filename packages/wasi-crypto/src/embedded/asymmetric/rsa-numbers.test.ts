import { generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rsaKeys as vectors } from '../../../conformance/vectors/rsa-keys.js';
import { bytesOf, outcomeOf } from './__fixtures__/outcomes.js';
import { type RsaPrivateNumbers, readRsaPrivateKey } from './der/rsa-structures.js';
import { checkPrivateNumbers, checkPublicNumbers } from './rsa-numbers.js';

/** The numbers of two primes, by RFC 8017, section 3.2. */
function numbersOf(p: bigint, q: bigint, exponent = 65_537n): RsaPrivateNumbers {
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const [dP, dQ] = [d % (p - 1n), d % (q - 1n)];
  return { modulus: p * q, exponent, d, p, q, dP, dQ, qInv: inverse(q, p) };
}

/** By the extended algorithm of Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a !== 0n) {
    const quotient = b / a;
    [a, b, x, y] = [b % a, a, y - quotient * x, x];
  }
  return ((y % modulus) + modulus) % modulus;
}

// A key of the program openssl 3.0.
const openssl = readRsaPrivateKey(bytesOf(vectors[2048].pkcs1), 256);
const check = (numbers: RsaPrivateNumbers, bits = 2048) =>
  outcomeOf(() => checkPrivateNumbers(numbers, bits));

describe('private numbers', () => {
  it('are taken as openssl makes them, with factors in either order and either kind of exponent', () => {
    const { p, q, exponent } = openssl;
    expect(check(openssl)).toBe('success');
    // RFC 8017 has the smallest exponent, other programs the one of the original paper.
    expect([check(numbersOf(p, q, exponent)), check(numbersOf(q, p, exponent))]).toEqual([
      'success',
      'success',
    ]);
    expect(check(readRsaPrivateKey(bytesOf(vectors[4096].pkcs1), 512), 4096)).toBe('success');
  });

  it.each(['modulus', 'exponent', 'd', 'p', 'q', 'dP', 'dQ', 'qInv'] as const)(
    'are none when %s is another number',
    (name) => {
      for (const other of [openssl[name] + 2n, openssl[name] - 2n, openssl[name] ^ (1n << 900n), 0n, 1n]) {
        expect(check({ ...openssl, [name]: other })).toBe('invalid_key');
      }
    },
  );

  it('are none when a number is too large by a multiple of what it is taken modulo', () => {
    const { p, q, d, dP, dQ, qInv } = openssl;
    const group = (p - 1n) * (q - 1n);
    for (const change of [
      { d: d + 2n * group },
      { dP: dP + p - 1n + p },
      { dQ: dQ + q - 1n + q },
      { qInv: qInv + p },
    ]) {
      expect(check({ ...openssl, ...change })).toBe('invalid_key');
    }
  });

  it('are none when a factor is not a prime, although all others fit', () => {
    // The square of the largest prime below 2 to the power of 512, https://oeis.org/A013603.
    const numbers = numbersOf(((1n << 512n) - 569n) ** 2n, openssl.q);
    expect(outcomeOf(() => checkPublicNumbers(numbers, 2048))).toBe('success');
    expect(check(numbers)).toBe('invalid_key');
  });

  it('are none when the factors are of different sizes', () => {
    const [small, large] = [
      generatePrimeSync(256, { bigint: true }),
      generatePrimeSync(1792, { bigint: true }),
    ];
    expect(check(numbersOf(large, small))).toBe('invalid_key');
  });
});

describe('public numbers', () => {
  it.each([
    [2048, 3n, 'success'],
    [2048, (1n << 255n) + 1n, 'success'],
    [2048, (1n << 256n) + 1n, 'invalid_key'],
    [3072, (1n << 255n) + 1n, 'success'],
    [4096, (1n << 63n) + 1n, 'success'],
    // OpenSSL computes with no exponent of more than 64 bits there (OPENSSL_RSA_MAX_PUBEXP_BITS).
    [4096, (1n << 64n) + 1n, 'invalid_key'],
  ])('of %i bits with the exponent %i: %3$s', (bits, exponent, outcome) => {
    const modulus = (1n << BigInt(bits)) - 1n;
    expect(outcomeOf(() => checkPublicNumbers({ modulus, exponent }, bits))).toBe(outcome);
    expect(outcomeOf(() => checkPublicNumbers({ modulus: modulus + 2n, exponent }, bits))).toBe(
      'invalid_key',
    );
  });
});
