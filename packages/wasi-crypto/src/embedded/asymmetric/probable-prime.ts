import { randomInt } from 'node:crypto';

/**
 * Whether a number above 2^32 has no sign of being composite: one round of Miller and Rabin (FIPS 186-5, appendix B.3.1), to a random base that
 * is small so that multiplying by it costs little. Numbers that come from a key generator never pass as composites; of numbers made to
 * deceive, a quarter of the bases at most are deceived. `checkPrimeSync` makes 64 rounds or more, which a guest could ask for without end.
 */
export function isProbablePrime(candidate: bigint): boolean {
  if ((candidate & 1n) === 0n) {
    return false;
  }
  const before = candidate - 1n;
  const digits = before.toString(2);
  const twos = digits.length - 1 - digits.lastIndexOf('1');
  const base = BigInt(randomInt(2, 2 ** 32));
  let power = 1n;
  for (const digit of digits.slice(0, digits.length - twos)) {
    power = (power * power) % candidate;
    if (digit === '1') {
      power = (power * base) % candidate;
    }
  }
  if (power === 1n || power === before) {
    return true;
  }
  for (let round = 1; round < twos; round += 1) {
    power = (power * power) % candidate;
    if (power === before) {
      return true;
    }
  }
  return false;
}
