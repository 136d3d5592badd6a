// @ts-check
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Measures a part in a process of its own. What has been measured before leaves a larger heap, whose garbage collector takes longer over large tensors, while the
 * baseline is a program that has nothing behind it.
 * @param {string} only what the ids of the part begin with
 * @param {{ slack: number, lyingC: boolean }} options
 * @returns {import('./results.mjs').Result[]}
 * @throws {Error} when it prints no results
 */
export function measureApart(only, { slack, lyingC }) {
  const program = fileURLToPath(new URL('main.mjs', import.meta.url));
  const args = [
    '--no-build',
    '--json',
    '--only',
    only,
    '--slack',
    String(slack),
    ...(lyingC ? ['--lying-c'] : []),
  ];
  const { stdout } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(stdout).results;
}
