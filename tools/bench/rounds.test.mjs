// @ts-check
import { describe, expect, it } from 'vitest';
import { compare } from './rounds.mjs';

/**
 * A side whose rounds take these nanoseconds, one after another.
 * @param {number[]} times
 * @param {number} answer
 * @param {() => void} [note]
 * @returns {import('./rounds.mjs').Side}
 */
function side(times, answer, note = () => {}) {
  let round = 0;
  return () => {
    note();
    return { nanoseconds: times[round++ % times.length] ?? 0, answer };
  };
}

const work = { id: 'work', title: 'Work', count: 10 };

describe('compare', () => {
  it('tells minimum, median and maximum for one piece of work, without the two rounds that warm up', async () => {
    const outcome = await compare({ ...work, ours: side([9000, 1, 300, 100, 200], 1) }, 3);
    expect(outcome).toEqual({
      ...{ id: 'work', title: 'Work', rounds: 3 },
      ours: { minimum: 10, median: 20, maximum: 30 },
    });
  });

  it('runs the sides in turn', async () => {
    /** @type {string[]} */
    const order = [];
    const ours = side([1], 1, () => order.push('ours'));
    const baseline = side([1], 1, () => order.push('baseline'));
    await compare({ ...work, ours, baseline }, 1);
    expect(order).toEqual(['ours', 'baseline', 'ours', 'baseline', 'ours', 'baseline']);
  });

  it('warms up for as many rounds as a comparison says, which are not counted', async () => {
    const outcome = await compare({ ...work, ours: side([1, 2, 3, 400], 1), warmUps: 3 }, 1);
    expect(outcome.ours).toEqual({ minimum: 40, median: 40, maximum: 40 });
  });

  it('notices answers that differ, in any round', async () => {
    const answers = [7, 7, 8];
    const ours = () => ({ nanoseconds: 1, answer: answers.shift() ?? 7 });
    const outcome = await compare({ ...work, ours, baseline: side([1], 7) }, 4);
    expect(outcome.wrong).toBe("ours is 8, the baseline's 7");
  });
});
