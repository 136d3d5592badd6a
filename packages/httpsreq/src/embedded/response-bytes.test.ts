import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { ResponseBytes } from './response-bytes.js';

it('keeps pieces of all sizes in their order', () => {
  const bytes = new ResponseBytes();
  const expected: number[] = [];
  for (const [index, size] of [1, 0, 4095, 4096, 3, 100_000, 1, 1, 70_000, 4000, 2].entries()) {
    const piece = Uint8Array.from({ length: size }, (_, at) => (index * 31 + at) & 255);
    bytes.add(piece);
    expected.push(...piece);
  }
  expect(bytes.length).toBe(expected.length);
  const joined = bytes.join();
  expect(Buffer.from(joined).equals(Uint8Array.from(expected))).toBe(true);
  expect(joined.buffer.byteLength).toBe(expected.length);
  expect(bytes.length).toBe(0);
});

it('takes little more memory for a million single bytes than they have', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const bytes = new ResponseBytes();
  const before = used();
  for (let index = 0; index < 1_000_000; index += 1) {
    bytes.add(Uint8Array.of(index & 255));
  }
  // An object for each would be some hundred bytes each.
  expect(used() - before).toBeLessThan(20_000_000);
  expect(bytes.join().slice(0, 3)).toEqual(Uint8Array.of(0, 1, 2));
});
