// @ts-check
import { execFile, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { repositoryRoot } from './repository.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the root of the checkout
 * @property {NodeJS.ProcessEnv} [env] default: this process's environment
 * @property {number} [timeoutMs] the command is ended after this time; default: no limit
 */

/**
 * Runs a command with the terminal's own output and returns its exit code (128 + n after signal n,
 * 127 when it cannot be started).
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? repositoryRoot,
      env: options.env ?? process.env,
      stdio: ['ignore', 'inherit', 'inherit'],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });
}

/**
 * Runs a command and returns what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {{ code: number, stdout: string, stderr: string, output: string }}
 */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: options.cwd ?? repositoryRoot,
    env: options.env ?? process.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  const stdout = result.stdout ?? '';
  const stderr = result.stderr || result.error?.message || '';
  const code = result.status ?? (result.signal ? 128 + signalNumber(result.signal) : 127);
  return { code, stdout, stderr, output: `${stdout}${stderr}` };
}

/**
 * {@link capture}, while other things go on.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function captureAsync(command, args, { cwd = repositoryRoot, env = process.env, timeoutMs = 0 } = {}) {
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: timeoutMs, maxBuffer: 64 << 20 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      const code = child.exitCode ?? (child.signalCode === null ? 127 : 128 + signalNumber(child.signalCode));
      resolve({ code, output: `${stdout}${stderr}${code === 127 ? error?.message : ''}` });
    });
    child.stdin?.end();
  });
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return signal === null ? 0 : (constants.signals[signal] ?? 0);
}
