import { describe, expect, it } from 'vitest';
import { type Leave, WaitQueue } from './wait-queue.js';

function drain<Value>(queue: WaitQueue<Value>): readonly Value[] {
  const values: Value[] = [];
  for (let value = queue.shift(); value !== undefined; value = queue.shift()) values.push(value);
  return values;
}

describe('a queue', () => {
  it.each([
    ['its first', [0], [1, 2, 3]],
    ['its last', [3], [0, 1, 2]],
    ['those between', [2, 1], [0, 3]],
    ['all', [1, 3, 0, 2], []],
  ] as const)('keeps its order when %s leave', (_, leaving, left) => {
    const queue = new WaitQueue<number>();
    const leaves = [0, 1, 2, 3].map((value) => queue.push(value));
    for (const index of leaving) expect(leaves[index]?.()).toBe(true);
    for (const index of leaving) expect(leaves[index]?.()).toBe(false);
    expect(queue.size).toBe(left.length);
    expect(queue.first).toBe(left[0]);
    expect(drain(queue)).toEqual(left);
    queue.push(4);
    expect(drain(queue)).toEqual([4]);
  });

  it('does as an array does, whatever comes and leaves', () => {
    const queue = new WaitQueue<number>();
    const model: number[] = [];
    const leaves: Leave[] = [];
    // A generator of numbers, so that each run is the same.
    let seed = 1;
    for (let step = 0; step < 20_000; step++) {
      seed = (seed * 48_271) % 2_147_483_647;
      if (seed % 3 === 0) expect(queue.shift()).toBe(model.shift());
      else if (seed % 3 === 1) leaves.push(queue.push(model[model.push(leaves.length) - 1] as number));
      else {
        const index = seed % (leaves.length + 1);
        const at = model.indexOf(index);
        expect(leaves[index]?.() ?? false).toBe(at >= 0);
        if (at >= 0) model.splice(at, 1);
      }
      expect(queue.size).toBe(model.length);
    }
    expect(drain(queue)).toEqual(model);
  });

  it('takes as long for each of many as of few', () => {
    /** Microseconds of this thread for each that comes and leaves. */
    const each = (count: number) => {
      const queue = new WaitQueue<number>();
      const begin = process.cpuUsage();
      for (let round = 0; round < 50_000 / count; round++) {
        const leaves = Array.from({ length: count }, (_, index) => queue.push(index));
        // From the middle on, where it is furthest from both ends.
        for (let index = 0; index < count; index++) leaves[(index + (count >> 1)) % count]?.();
      }
      return process.cpuUsage(begin).user;
    };
    each(50_000);
    const least = (count: number) => Math.min(each(count), each(count), each(count));
    // An array would take fifty times as long.
    expect(least(50_000)).toBeLessThan(10 * least(1_000) + 10_000);
  });
});
