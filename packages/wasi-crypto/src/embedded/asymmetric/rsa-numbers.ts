import type { RsaPrivateNumbers, RsaPublicNumbers } from './der/rsa-structures.js';
import { requireValidKey } from './invalid-key.js';
import { isProbablePrime } from './probable-prime.js';

// OpenSSL computes with longer exponents up to this size of the modulus only.
const maxBitsForLongExponents = 3072;

/**
 * Checks the public numbers of a key: the size of the modulus, and an exponent that is odd and in the range of FIPS 186-5, appendix A.1.1,
 * except that small ones are taken, which are met. Throws invalid_key.
 */
export function checkPublicNumbers({ modulus, exponent }: RsaPublicNumbers, modulusBits: number): void {
  requireValidKey(bitLength(modulus) === modulusBits && isOdd(modulus));
  const maxExponentBits = modulusBits > maxBitsForLongExponents ? 64 : 256;
  requireValidKey(exponent > 1n && isOdd(exponent) && bitLength(exponent) <= maxExponentBits);
}

/**
 * Checks that the private numbers belong to each other and to the public ones (RFC 8017, section 3.2), and that the factors are different
 * primes of half the modulus's size (FIPS 186-5, appendix A.1.1): OpenSSL does not look when it reads them. Throws invalid_key.
 */
export function checkPrivateNumbers(numbers: RsaPrivateNumbers, modulusBits: number): void {
  checkPublicNumbers(numbers, modulusBits);
  const { modulus, exponent, d, p, q, dP, dQ, qInv } = numbers;
  requireValidKey(bitLength(p) === modulusBits / 2 && bitLength(q) === modulusBits / 2);
  requireValidKey(p !== q && p * q === modulus);
  requireValidKey(d < modulus && dP < p && dQ < q && qInv < p);
  for (const [prime, reduced] of [
    [p, dP],
    [q, dQ],
  ] as const) {
    requireValidKey((exponent * d) % (prime - 1n) === 1n);
    requireValidKey((exponent * reduced) % (prime - 1n) === 1n);
  }
  requireValidKey((q * qInv) % p === 1n);
  requireValidKey(isProbablePrime(p) && isProbablePrime(q));
}

function bitLength(number: bigint): number {
  const digits = number.toString(16);
  return number === 0n ? 0 : 4 * digits.length - (Math.clz32(Number.parseInt(digits.charAt(0), 16)) - 28);
}

function isOdd(number: bigint): boolean {
  return (number & 1n) === 1n;
}
