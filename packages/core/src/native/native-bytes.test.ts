import { expect, it } from 'vitest';
import { NativeArea } from './native-area.js';
import { nativeBytes, nativeInt64s } from './native-bytes.js';

it('shows the bytes of native memory as they are, short and long, also when an address comes again', () => {
  for (const size of [1, 64, 65_536, 65_544, 3 << 20]) {
    using area = new NativeArea(size);
    area.u8.fill(7);
    const bytes = nativeBytes(area.address, size);
    expect(bytes).toHaveLength(size);
    area.u8[size - 1] = 9;
    expect([bytes[0], bytes[size - 1]]).toEqual([size === 1 ? 9 : 7, 9]);
    expect(nativeBytes(BigInt(area.address), size)[size - 1]).toBe(9);
  }
  expect(nativeBytes(0, 0)).toHaveLength(0);
});

it('shows numbers of 64 bits', () => {
  using area = new NativeArea(24);
  area.i64.set([-1n, 2n ** 40n, 3n]);
  expect(nativeInt64s(area.address, 3)).toEqual([-1, 2 ** 40, 3]);
  expect(nativeInt64s(area.address + 8, 1)).toEqual([2 ** 40]);
  expect(nativeInt64s(0, 0)).toEqual([]);
});

it('keeps nothing for each look', () => {
  using area = new NativeArea(1 << 20);
  const look = () => {
    for (let round = 0; round < 50_000; round++) {
      nativeBytes(area.address, 64);
      nativeBytes(area.address, 1 << 20);
    }
    return process.memoryUsage.rss();
  };
  look();
  const before = look();
  // koffi.view() would keep 220 bytes of each of 200,000 looks.
  expect(Math.max(look(), look()) - before).toBeLessThan(20e6);
});
