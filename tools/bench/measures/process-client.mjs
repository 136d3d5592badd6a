// @ts-check
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProcessClient } from '@wasmedge-plugins/process';
import { timed } from '../rounds.mjs';

const megabytes = 8 << 20;
const last = 'y'.charCodeAt(0);

/**
 * Commands of the process client against `spawnSync`, both found on the `PATH` and with all of their output.
 * @param {string} folder for the file that is written out
 * @returns {{ comparisons: import('../rounds.mjs').Comparison[], close: () => void }}
 */
export function openProcessClient(folder) {
  const file = join(folder, 'output.bin');
  writeFileSync(file, Buffer.alloc(megabytes, 'x').fill(last, megabytes - 1));
  const client = createProcessClient({ allowCommands: ['true', 'cat'] });
  /**
   * @param {string} id
   * @param {string} title
   * @param {[command: string, args: string[]]} call
   * @param {number} count
   * @param {number} rounds
   * @returns {import('../rounds.mjs').Comparison}
   */
  const compared = (id, title, [command, args], count, rounds) => ({
    id,
    title,
    ours: runs(() => {
      const { exitCode, stdout } = client.run(command, args);
      return answerOf(exitCode, stdout);
    }),
    baseline: runs(() => {
      const { status, stdout } = spawnSync(command, args, { maxBuffer: 2 * megabytes });
      return answerOf(status ?? 1, stdout);
    }),
    count,
    rounds,
  });
  return {
    comparisons: [
      compared('process-client-true', 'process client: true', ['true', []], 5, 60),
      compared('process-client-cat', 'process client: cat of 8 MiB', ['cat', [file]], 1, 60),
    ],
    close: () => client[Symbol.dispose](),
  };
}

/**
 * @param {() => number} run returns the answer
 * @returns {import('../rounds.mjs').Side}
 */
function runs(run) {
  return (count) =>
    timed(() => {
      let answer = 0;
      for (let i = 0; i < count; i++) answer += run();
      return answer;
    });
}

/**
 * How a command ended, how much it wrote and what last.
 * @param {number} exitCode
 * @param {Uint8Array} stdout
 */
function answerOf(exitCode, stdout) {
  return exitCode * 1e9 + stdout.byteLength + (stdout.at(-1) ?? 0);
}
