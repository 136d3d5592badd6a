// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';
import { guestPath } from '../guests.mjs';

const program = fileURLToPath(new URL('stdout-program.mjs', import.meta.url));

/**
 * What guests print on v8 against Node's own WASI, in a process whose standard output goes nowhere.
 * @param {string} folder of the guests
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => void }>}
 */
export async function openStdout(folder) {
  const nowhere = openSync(devNull, 'w');
  const child = fork(program, [guestPath(folder, 'wasi-calls')], {
    stdio: ['ignore', nowhere, 'inherit', 'ipc'],
  });
  closeSync(nowhere);
  await once(child, 'message');
  const side = (/** @type {'ours' | 'theirs'} */ name) => async (/** @type {number} */ count) => {
    child.send({ side: name, count });
    const [round] = await once(child, 'message');
    return /** @type {import('../rounds.mjs').Round} */ (round);
  };
  return {
    comparisons: [
      {
        id: 'v8-wasi-stdout',
        title: 'v8: fd_write of 1 KiB to standard output against node:wasi',
        ours: side('ours'),
        baseline: side('theirs'),
        count: 1000,
      },
    ],
    close: () => child.disconnect(),
  };
}
