// @ts-check
import { figures, isReached } from './figures.mjs';

/**
 * @typedef {import('./rounds.mjs').Outcome} Outcome
 * @typedef {import('./rounds.mjs').Times} Times
 * @typedef {import('./figures.mjs').Figure} Figure
 *
 * One line of the report. Times are nanoseconds.
 * @typedef {object} Result
 * @property {string} id
 * @property {string} title
 * @property {number} [rounds]
 * @property {Times | number} [ours] a number where something is counted: after 10,000 runs
 * @property {Times | number} [baseline] for what is counted: after 2,000 runs
 * @property {number} [ratio] between the minima
 * @property {number} [difference] between the minima, nanoseconds
 * @property {number} [value] what is held against the figure
 * @property {Figure} [figure]
 * @property {'reached' | 'missed' | 'wrong answer' | 'not measured' | 'no figure'} verdict
 * @property {string} [reason]
 */

/**
 * @param {Outcome} outcome
 * @param {number} slack
 * @returns {Result}
 */
export function resultOf({ wrong, ...outcome }, slack) {
  const { id, ours, baseline } = outcome;
  const ratio = baseline === undefined ? undefined : ours.minimum / baseline.minimum;
  const difference = baseline === undefined ? undefined : ours.minimum - baseline.minimum;
  const value = figures[id]?.kind === 'difference' ? difference : ratio;
  const compared = ratio === undefined || difference === undefined ? {} : { ratio, difference };
  const result = { ...outcome, ...compared, ...judge(id, value, slack) };
  return wrong === undefined ? result : { ...result, verdict: 'wrong answer', reason: wrong };
}

/**
 * @param {import('./rounds.mjs').Comparison['id']} id
 * @param {string} title
 * @param {number} first
 * @param {number} last
 * @returns {Result}
 */
export function countedResult(id, title, first, last) {
  const value = figures[id]?.kind === 'growth' ? (last / first - 1) * 100 : last - first;
  return { id, title, ours: last, baseline: first, ...judge(id, value, 1) };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {string} reason
 * @returns {Result}
 */
export function notMeasured(id, title, reason) {
  return { id, title, verdict: 'not measured', reason };
}

/**
 * Why the bench fails, in words; empty when it does not. A wrong answer always counts: times of different work say nothing.
 * @param {Result[]} results
 * @param {{ check: boolean, mustBeComplete: boolean }} options
 */
export function failures(results, { check, mustBeComplete }) {
  return results.flatMap(({ title, verdict, reason }) => {
    if (verdict === 'wrong answer') return [`${title}: wrong answer, ${reason}`];
    if (check && verdict === 'missed') return [`${title}: the figure is missed`];
    if (check && mustBeComplete && verdict === 'not measured') return [`${title}: not measured, ${reason}`];
    return [];
  });
}

/**
 * @param {string} id
 * @param {number | undefined} value
 * @param {number} slack
 * @returns {Pick<Result, 'value' | 'figure' | 'verdict'>}
 */
function judge(id, value, slack) {
  const figure = figures[id];
  if (figure === undefined || value === undefined) return { verdict: 'no figure' };
  return { value, figure, verdict: isReached(figure, value, slack) ? 'reached' : 'missed' };
}
