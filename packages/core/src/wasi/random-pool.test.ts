import { expect, test } from 'vitest';
import { fillRandomly } from './random-pool.js';

// Two random numbers of 128 bits are the same once in 2^128 times.
test.each([16, 100, 255, 256, 257, 1024])('no bytes are given twice, %i at a time', (count) => {
  const seen = new Set<string>();
  for (let round = 0; round < 600; round += 1) {
    const bytes = new Uint8Array(count);
    fillRandomly(bytes);
    for (let start = 0; start + 16 <= count; start += 16) {
      seen.add(String(bytes.subarray(start, start + 16)));
    }
  }
  expect(seen.size).toBe(600 * Math.floor(count / 16));
});

// A byte is missing from so many once in 10^109 times.
test('every byte occurs, at every place', () => {
  const seen = [new Set<number>(), new Set<number>(), new Set<number>()];
  const bytes = new Uint8Array(3);
  for (let round = 0; round < 65_536; round += 1) {
    fillRandomly(bytes);
    for (const [place, byte] of bytes.entries()) seen[place]?.add(byte);
  }
  expect(seen.map(({ size }) => size)).toEqual([256, 256, 256]);
});

test('what is beside is left alone', () => {
  const bytes = new Uint8Array(48);
  fillRandomly(bytes.subarray(16, 32));
  expect([...bytes.subarray(0, 16), ...bytes.subarray(32)]).toEqual(new Array(32).fill(0));
});
