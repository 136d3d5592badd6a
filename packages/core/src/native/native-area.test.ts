import { expect, it } from 'vitest';
import { NativeArea } from './native-area.js';

it('has the length that was asked for, in whole units, and zeros where another area was', () => {
  for (const [bytes, length] of [
    [0, 8],
    [1, 8],
    [40, 40],
    [5000, 5000],
  ] as const) {
    const before = new NativeArea(bytes);
    before.u8.fill(255);
    before[Symbol.dispose]();
    before[Symbol.dispose](); // A second time does nothing.
    using area = new NativeArea(bytes);
    expect([area.u8.length, area.u32.length * 4, area.f64.length * 8]).toEqual([length, length, length]);
    if (bytes < 4096) expect(area.u8.every((byte) => byte === 0)).toBe(true);
  }
});

// koffi keeps memory for every view that it makes, so areas that come and go must not make one each.
it('uses the memory of one that was given back for the next', () => {
  const buffers = new Set<ArrayBufferLike>();
  for (let round = 0; round < 100; round += 1) {
    using area = new NativeArea(24 + (round % 8));
    buffers.add(area.u8.buffer);
  }
  expect(buffers.size).toBe(1);
});

it('never shares memory between areas in use', () => {
  const areas = Array.from({ length: 100 }, () => new NativeArea(64));
  expect(new Set(areas.map(({ address }) => address)).size).toBe(100);
  for (const area of areas) area[Symbol.dispose]();
  using again = new NativeArea(64);
  using another = new NativeArea(64);
  expect(again.address).not.toBe(another.address);
});
