// @ts-check
import { readFileSync } from 'node:fs';
import { compileGuest, createPool, createRuntime, signature } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { timedAsync } from '../rounds.mjs';
import { openBareWorker } from './bare-messages.mjs';

/** @typedef {import('../rounds.mjs').Side} Side */

const exports = {
  add: signature(['i32', 'i32'], ['i32']),
  fib: signature(['i32'], ['i32']),
};
const callsAtOnce = 8;
/** A call of fib with it takes some 40 ms. */
const longCall = 34;
const roundTrips = 1.5;

/**
 * Pools of workers against one member, and against a runtime in this thread.
 * @param {string} folder of the guests
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => Promise<void> }>}
 */
export async function openPools(folder) {
  const guest = readFileSync(guestPath(folder, 'placed'));
  const open = (/** @type {number} */ size) => createPool({ placement: 'worker', size, guest, exports });
  const [one, two] = [open(1), open(2)];
  await Promise.all([one.ready(), two.ready()]);
  const inline = await createRuntime();
  const compiled = await compileGuest(guest);
  const worker = openBareWorker();
  const close = async () => {
    inline[Symbol.dispose]();
    await Promise.all([one[Symbol.asyncDispose](), two[Symbol.asyncDispose](), worker.close()]);
  };
  /** @type {(pool: typeof one) => Side} */
  const long = (pool) => () =>
    timedAsync(async () => {
      const answers = Array.from({ length: callsAtOnce }, () => pool.call('fib', [longCall]));
      return (await Promise.all(answers)).reduce((sum, answer) => sum + answer, 0);
    });
  /** @type {Side} */
  const fresh = (count) =>
    timedAsync(async () => {
      let answer = 0;
      for (let i = 0; i < count; i++) answer += await one.call('add', [i, 1]);
      return answer;
    });
  /** @type {Side} */
  const freshInline = (count) =>
    timedAsync(async () => {
      let answer = 0;
      for (let i = 0; i < count; i++) {
        const instance = inline.instantiate(compiled, { exports });
        answer += instance.exports.add(i, 1);
        instance[Symbol.dispose]();
      }
      for (let i = 0; i < count * roundTrips; i++) await worker.send(i);
      return answer;
    });
  const comparisons = [
    {
      id: 'pool-two-members',
      title: 'pool: eight calls of 40 ms in two workers, against one',
      ours: long(two),
      baseline: long(one),
      count: 1,
      rounds: 10,
    },
    {
      id: 'pool-fresh-instance',
      title: 'pool: call of a fresh instance, against inline and 1.5 messages there and back',
      ours: fresh,
      baseline: freshInline,
      // As for messages, see placements.mjs; a round has whole messages.
      count: 4,
      rounds: 1000,
      warmUps: 2000,
    },
  ];
  return { comparisons, close };
}
