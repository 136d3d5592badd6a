import { expect, test } from 'vitest';
import { TimeWords } from './time-words.js';

// The sums are those of bigints.
test.each([
  [0n, 0],
  [0xffff_ffffn, 1],
  [0xffff_ffffn, 0xffff_ffff],
  [1_764_453_600_000_000_000n, 123_456_789],
  [1_764_453_600_999_999_999n, 2 ** 52],
  [0x7fff_ffff_0000_0001n, 0x1_0000_0000],
  [5_000_000_000n, -1_000_000_000],
])('%i and %i nanoseconds are added', (base, nanoseconds) => {
  const words = new TimeWords(base);
  words.set(nanoseconds);
  const sum = base + BigInt(nanoseconds);
  expect(words.nanoseconds).toBe(sum);
  expect([words.high, words.low]).toEqual([Number(sum >> 32n), Number(sum & 0xffff_ffffn)]);
});
