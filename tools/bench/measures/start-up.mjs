// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '../../lib/repository.mjs';
import { capture } from '../../lib/run.mjs';
import { guestPath } from '../guests.mjs';
import { timed } from '../rounds.mjs';

const program = fileURLToPath(new URL('start-up-program.mjs', import.meta.url));
const emptyProgram = fileURLToPath(new URL('empty-program.cjs', import.meta.url));
const command = join(repositoryRoot, 'packages/cli/bin/wasmedge-plugins.js');

/**
 * From the start of a process to the first answer of a guest and the end of the process.
 * @param {string} folder of the guests
 * @param {string | undefined} c the C program, where there is one
 * @returns {import('../rounds.mjs').Comparison[]}
 */
export function startUpComparisons(folder, c) {
  const node = (/** @type {string} */ engine) =>
    processSide(process.execPath, [program, engine, guestPath(folder, 'calls')]);
  return [
    {
      id: 'v8-start-up',
      title: 'v8: start-up',
      ours: node('v8'),
      baseline: node('plain'),
      count: 1,
      rounds: 25,
    },
    {
      id: 'cli-run',
      title: 'command: run add.wasm, against node with an empty file',
      ours: processSide(process.execPath, [command, 'run', guestPath(folder, 'add'), 'add', '40', '2']),
      baseline: processSide(process.execPath, [emptyProgram], 42),
      count: 1,
      // Both take less than a tenth of a second, and some of many rounds are undisturbed on a machine that others use.
      rounds: 75,
    },
    ...(c === undefined
      ? []
      : [
          {
            id: 'wasmedge-start-up',
            title: 'wasmedge: start-up',
            ours: node('wasmedge'),
            baseline: processSide(c, [guestPath(folder, 'calls')]),
            count: 1,
            rounds: 25,
          },
        ]),
  ];
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} [answer] of a program that prints none
 * @returns {import('../rounds.mjs').Side}
 */
function processSide(command, args, answer) {
  return () =>
    timed(() => {
      const { code, stdout, stderr } = capture(command, args);
      if (code !== 0) throw new Error(`${command} ended with ${code}: ${stderr.trim()}`);
      return answer ?? Number(stdout);
    });
}
