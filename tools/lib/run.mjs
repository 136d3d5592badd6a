// @ts-check
import { execFile, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { repositoryRoot } from './repository.mjs';

/**
 * Where a command runs; by default at the root of the checkout, with this process's environment, and for as long as it takes.
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} RunOptions
 */

/** As shells tell it: 128 + n after signal n, 127 when a command could not be started. @type {(code: number | null, signal: NodeJS.Signals | null) => number} */
const exitCode = (code, signal) => {
  if (signal !== null) return 128 + constants.signals[signal];
  return code === null || code < 0 ? 127 : code;
};

/**
 * Runs a command with the terminal's own output and returns its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { cwd = repositoryRoot, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/**
 * Runs a command and returns what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function capture(command, args, { cwd = repositoryRoot, env = process.env } = {}) {
  const options = /** @type {const} */ ({ cwd, env, encoding: 'utf8', maxBuffer: 64 << 20 });
  const result = spawnSync(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout = result.stdout ?? '';
  const stderr = result.stderr || result.error?.message || '';
  return { code: exitCode(result.status, result.signal), stdout, stderr, output: `${stdout}${stderr}` };
}

/**
 * {@link capture}, while other things go on.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>}
 */
export function captureAsync(command, args, { cwd = repositoryRoot, env = process.env, timeoutMs = 0 } = {}) {
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: timeoutMs, maxBuffer: 64 << 20 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      const code = exitCode(child.exitCode, child.signalCode);
      resolve({ code, stdout, output: `${stdout}${stderr}${code === 127 ? error?.message : ''}` });
    });
    child.stdin?.end();
  });
}

/** Runs what a command of the checkout does: it gives the exit code, if any, and of an error only the message is shown. @param {() => Promise<number | void>} body */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? process.exitCode;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
