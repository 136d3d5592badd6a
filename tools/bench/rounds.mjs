// @ts-check

/**
 * What one round of one side took.
 * @typedef {{ nanoseconds: number, answer: number }} Round
 *
 * One side of a comparison: does its work `count` times and tells how long that took, and what came out.
 * @typedef {(count: number) => Round | Promise<Round>} Side
 *
 * Two sides that do the same.
 * @typedef {object} Comparison
 * @property {string} name
 * @property {Side} ours
 * @property {Side} [baseline]
 * @property {number} count how often the work is done in one round
 *
 * Nanoseconds for doing the work once.
 * @typedef {{ minimum: number, median: number, maximum: number }} Times
 *
 * @typedef {object} Outcome
 * @property {string} name
 * @property {Times} ours
 * @property {Times} [baseline]
 * @property {number} rounds
 * @property {string} [wrong] why the answers are not to be trusted
 */

const warmUps = 2;

/**
 * Runs the sides in turn, so that what disturbs the machine disturbs both.
 * @param {Comparison} comparison
 * @param {number} rounds
 * @returns {Promise<Outcome>}
 */
export async function compare({ name, ours, baseline, count }, rounds) {
  /** @type {number[]} */
  const oursTimes = [];
  /** @type {number[]} */
  const baselineTimes = [];
  /** @type {string | undefined} */
  let wrong;
  for (let round = -warmUps; round < rounds; round++) {
    const mine = await ours(count);
    const theirs = await baseline?.(count);
    if (theirs !== undefined && mine.answer !== theirs.answer) {
      wrong ??= `ours answers ${mine.answer}, the baseline ${theirs.answer}`;
    }
    if (round >= 0) {
      oursTimes.push(mine.nanoseconds / count);
      if (theirs !== undefined) baselineTimes.push(theirs.nanoseconds / count);
    }
  }
  return {
    name,
    rounds,
    ours: summarise(oursTimes),
    ...(baseline === undefined ? {} : { baseline: summarise(baselineTimes) }),
    ...(wrong === undefined ? {} : { wrong }),
  };
}

/** @param {number[]} times */
function summarise(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ index) => /** @type {number} */ (sorted[index]);
  return { minimum: at(0), median: at(sorted.length >> 1), maximum: at(sorted.length - 1) };
}

/**
 * Runs `work` against the clock.
 * @param {() => number} work returns the answer
 * @returns {Round}
 */
export function timed(work) {
  const begin = process.hrtime.bigint();
  const answer = work();
  return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
}
