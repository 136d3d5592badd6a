// @ts-check

/**
 * What one round of one side took.
 * @typedef {{ nanoseconds: number, answer: number }} Round
 *
 * One side of a comparison: does its work `count` times and tells how long that took, and what came out.
 * @typedef {(count: number) => Round | Promise<Round>} Side
 *
 * What two sides take for the same work; or one side, where there is nothing to compare with.
 * @typedef {object} Comparison
 * @property {string} id
 * @property {string} title
 * @property {Side} ours
 * @property {Side} [baseline]
 * @property {number} count how often the work is done in one round: about a millisecond's worth, so that some rounds are undisturbed on
 *   a machine that others use
 * @property {number} [rounds] default: the bench's
 * @property {number} [warmUps] rounds that are not counted; default: 2. V8 optimises code only after some thousand calls, in threads that
 *   get little time on a busy machine.
 *
 * Nanoseconds for doing the work once.
 * @typedef {{ minimum: number, median: number, maximum: number }} Times
 *
 * @typedef {object} Outcome
 * @property {string} id
 * @property {string} title
 * @property {number} rounds
 * @property {Times} ours
 * @property {Times} [baseline]
 * @property {string} [wrong] how the answers differ
 */

const defaultWarmUps = 2;

/**
 * Runs the sides in turn, so that what disturbs the machine disturbs both, and compares their answers.
 * @param {Comparison} comparison
 * @param {number} rounds for a comparison that does not say
 * @returns {Promise<Outcome>}
 */
export async function compare(comparison, rounds) {
  const { id, title, ours, baseline, count, rounds: wanted = rounds, warmUps = defaultWarmUps } = comparison;
  /** @type {number[]} */
  const oursTimes = [];
  /** @type {number[]} */
  const baselineTimes = [];
  /** @type {string | undefined} */
  let wrong;
  for (let round = -warmUps; round < wanted; round++) {
    const mine = await ours(count);
    const theirs = await baseline?.(count);
    if (theirs !== undefined && mine.answer !== theirs.answer) {
      wrong ??= `ours is ${mine.answer}, the baseline's ${theirs.answer}`;
    }
    if (round >= 0) {
      oursTimes.push(mine.nanoseconds / count);
      if (theirs !== undefined) baselineTimes.push(theirs.nanoseconds / count);
    }
  }
  return {
    ...{ id, title, rounds: wanted, ours: summarise(oursTimes) },
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

/**
 * Runs `work` against the clock, which may wait for other threads.
 * @param {() => Promise<number>} work returns the answer
 * @returns {Promise<Round>}
 */
export async function timedAsync(work) {
  const begin = process.hrtime.bigint();
  const answer = await work();
  return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
}
