import { checkPrimeSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { isProbablePrime } from './probable-prime.js';

it('tells primes as node:crypto does', () => {
  for (let number = 2n ** 40n + 1n; number < 2n ** 40n + 2000n; number += 2n) {
    // A composite passes for a quarter of the bases at most, so hardly ever twenty times.
    const passes = Array.from({ length: 20 }, () => isProbablePrime(number));
    expect([number, passes.every(Boolean)]).toEqual([number, checkPrimeSync(number)]);
  }
});

it('tells known primes, and what is beside them', () => {
  // Primes just below 2 to the power of 1024 and 2048, https://oeis.org/A013603, and a Mersenne prime.
  for (const prime of [(1n << 1024n) - 105n, (1n << 2048n) - 1_942_289n, (1n << 521n) - 1n]) {
    expect([isProbablePrime(prime), isProbablePrime(prime - 2n)]).toEqual([true, false]);
  }
});
