// @ts-check
import { readFileSync } from 'node:fs';
import { createRuntime, hostFunction, hostModule, signature } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { timedAsync } from '../rounds.mjs';

/** So many that the one message of a round is a small part of it. */
const calls = 1_000_000;

/** The host functions that calls.wat imports, made again where guests run. */
export const env = hostModule(
  'env',
  {
    nop: hostFunction([], [], () => {}),
    plus: hostFunction(['i32', 'i32'], ['i32'], (_caller, a, b) => (a + b) | 0),
  },
  { exportedAs: { module: import.meta.url, export: 'env' } },
);

/**
 * What it costs that a process writes down which host function runs, so that its end can tell.
 * @param {string} folder of the guests
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => Promise<void> }>}
 */
export async function openHostCalls(folder) {
  const bytes = readFileSync(guestPath(folder, 'calls'));
  const options = /** @type {const} */ ({ engine: 'v8', hostModules: [env] });
  const exports = { callPlus: signature(['i32'], ['i32']) };
  const inProcess = await createRuntime({ ...options, placement: 'process' });
  const inline = await createRuntime(options);
  const [ours, baseline] = [
    await inProcess.instantiate(bytes, { exports }),
    inline.instantiate(bytes, { exports }),
  ];
  const close = async () => {
    inline[Symbol.dispose]();
    await inProcess[Symbol.asyncDispose]();
  };
  return {
    comparisons: [
      {
        id: 'placement-process-host-call',
        title: 'process: host functions that are made again there, on v8, against inline',
        ours: (count) => timedAsync(async () => ours.exports.callPlus(count)),
        baseline: (count) => timedAsync(async () => baseline.exports.callPlus(count)),
        count: calls,
      },
    ],
    close,
  };
}
